/**
 * The HTTP API: which handler answers which method of which path, and the handlers themselves. A
 * handler turns a request into commands of the domain and their replies into a response.
 */
@NullMarked
package io.atoll.http.route;

import org.jspecify.annotations.NullMarked;
