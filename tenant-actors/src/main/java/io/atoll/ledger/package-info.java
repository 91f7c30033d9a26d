/**
 * The usage ledger of a tenant: metered minutes as events with absolute values, and for each map
 * how far its stream is metered. So usage is shipped at least once and counted exactly once.
 */
@NullMarked
package io.atoll.ledger;

import org.jspecify.annotations.NullMarked;
