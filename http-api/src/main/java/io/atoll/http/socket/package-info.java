/**
 * WebSocket as sessions see it: text frames in and out, flow control and close codes. Nothing here
 * knows the server beneath, so the transport can change without a session noticing.
 */
@NullMarked
package io.atoll.http.socket;

import org.jspecify.annotations.NullMarked;
