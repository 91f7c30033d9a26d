/**
 * The listener: Netty accepts HTTP/1.1, TLS and WebSocket on one port and calls the API in-process,
 * as a function from a pekko-http request to a pekko-http response. Limits on size, time and number
 * of connections hold here, so that nothing behind it meets a malformed or a slow request.
 */
@NullMarked
package io.atoll.http.listener;

import org.jspecify.annotations.NullMarked;
