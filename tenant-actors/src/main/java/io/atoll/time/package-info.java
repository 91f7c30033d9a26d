/**
 * Where rules get the time from. Rules take instants as parameters; only actors and edges hold a
 * {@link io.atoll.time.TimeSource}.
 */
@NullMarked
package io.atoll.time;

import org.jspecify.annotations.NullMarked;
