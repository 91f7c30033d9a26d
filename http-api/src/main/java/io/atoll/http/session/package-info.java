/**
 * WebSocket sessions of {@code atoll.v1.json}: frames of requests become tenants' commands, their
 * answers frames again. A session knows bytes and flow control, not the server beneath.
 */
@NullMarked
package io.atoll.http.session;

import org.jspecify.annotations.NullMarked;
