/**
 * Errors as RFC 9457 problem documents: one form for every refusal, whoever refuses, with a code
 * out of one table and the request's id.
 */
@NullMarked
package io.atoll.http.problem;

import org.jspecify.annotations.NullMarked;
