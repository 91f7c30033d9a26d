/** The embedded journal and snapshot store on RocksDB. What it acknowledges is on disk. */
@NullMarked
package io.atoll.journal;

import org.jspecify.annotations.NullMarked;
