/**
 * Who calls: the admin key, API keys and JSON Web Tokens, each judged by its own rules before a
 * tenant is touched. A credential's text appears in no log, error or {@code toString}.
 */
@NullMarked
package io.atoll.http.credential;

import org.jspecify.annotations.NullMarked;
