package io.atoll.store;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the store is kept. {@code folder} is the data folder. {@code fsync} off gives up what a power
 * loss takes. Below {@code minFreeBytes} of free disk writes are refused. At most {@code
 * queuedWrites} changes with {@code queuedBytes} wait for the disk, and a commit takes at most
 * {@code commitBytes} of them; a commit that takes longer than {@code stalledAfter} makes the store
 * refuse more. Blocks are cached up to {@code cacheBytes}, and {@code bufferBytes} of writes are
 * kept in memory. Table files of up to {@code verifyBytes} in all are verified when the store is
 * opened.
 */
public record StoreSettings(
    Path folder,
    boolean fsync,
    long minFreeBytes,
    int queuedWrites,
    long queuedBytes,
    long commitBytes,
    Duration stalledAfter,
    long cacheBytes,
    long bufferBytes,
    long verifyBytes) {

  /** Reads {@code atoll.data-folder} and {@code atoll.journal}. */
  public static StoreSettings from(Config config) {
    Config journal = config.getConfig("atoll.journal");
    return new StoreSettings(
        Path.of(config.getString("atoll.data-folder")),
        journal.getBoolean("fsync"),
        journal.getBytes("min-free-bytes"),
        journal.getInt("queued-writes"),
        journal.getBytes("queued-bytes"),
        journal.getBytes("commit-bytes"),
        journal.getDuration("stalled-after"),
        journal.getBytes("cache-bytes"),
        journal.getBytes("buffer-bytes"),
        journal.getBytes("verify-bytes"));
  }
}
