/**
 * What a node counts and measures, as Prometheus reads it. The tenant label is kept for the
 * heaviest tenants only, so that the number of series stays bounded while the totals stay right.
 */
@NullMarked
package io.atoll.metrics;

import org.jspecify.annotations.NullMarked;
