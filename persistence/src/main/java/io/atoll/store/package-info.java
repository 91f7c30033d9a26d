/**
 * The embedded store: one RocksDB in one data folder, one write-ahead log and one commit for
 * everybody. What it acknowledges is on disk; what is damaged is refused, never passed over.
 */
@NullMarked
package io.atoll.store;

import org.jspecify.annotations.NullMarked;
