/**
 * Limits of one tenant and the counters that hold them: token bucket, sliding windows, named
 * actions and caps. A refusal consumes nothing, an exact hit is allowed, 0 allows nothing and -1
 * everything.
 */
@NullMarked
package io.atoll.quota;

import org.jspecify.annotations.NullMarked;
