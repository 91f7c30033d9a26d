/** Calls the HTTP API of running nodes, for commands that are no node themselves. */
@NullMarked
package io.atoll.client;

import org.jspecify.annotations.NullMarked;
