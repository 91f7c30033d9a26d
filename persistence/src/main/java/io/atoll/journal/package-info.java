/**
 * The embedded journal as Pekko sees it: the plugins for events, snapshots and read-back, and the
 * adapters for history and pages. What they acknowledge is on disk, in order and without a gap.
 */
@NullMarked
package io.atoll.journal;

import org.jspecify.annotations.NullMarked;
