/**
 * The load generator behind `atoll bench`: it makes tenants, calls any Atoll over its public API at
 * a set pace, and reports throughput and latencies. Rules of pace and choice are plain Java; each
 * {@link io.atoll.bench.Worker} lives on one event loop.
 */
@NullMarked
package io.atoll.bench;

import org.jspecify.annotations.NullMarked;
