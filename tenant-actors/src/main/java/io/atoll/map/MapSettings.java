package io.atoll.map;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How maps work on this node; see {@code atoll.map} in {@code reference.conf}.
 *
 * @param pageBytes the size that pages are aimed at
 * @param pageCacheBytes memory for pages over all maps of the node
 * @param checkpointMinimumBytes recent changes of a small map that start a checkpoint
 * @param checkpointMaximumBytes recent changes of a large map that start a checkpoint
 * @param snapshotEvery events after which a snapshot is taken, checkpoint or not
 * @param batchOperations operations that are decided together at most
 * @param batchBytes bytes of keys and values that are decided together at most
 * @param scanBytes bytes after which a page of a scan ends early
 * @param watchChanges changes that may wait in memory for one slow watcher
 * @param watchBytes bytes of changes that may wait in memory for one slow watcher
 * @param watchPatience how long a watcher for which more waits may take nothing
 * @param idleAfter time without a command after which a map is idle
 * @param pageGrace how long a page that a checkpoint replaced stays for scans under way
 * @param readJournal the id of the read journal that holds the maps' streams
 */
public record MapSettings(
    int pageBytes,
    long pageCacheBytes,
    long checkpointMinimumBytes,
    long checkpointMaximumBytes,
    int snapshotEvery,
    int batchOperations,
    int batchBytes,
    int scanBytes,
    int watchChanges,
    long watchBytes,
    Duration watchPatience,
    Duration idleAfter,
    Duration pageGrace,
    String readJournal) {

  /** Reads {@code atoll.map}; fails with a {@code ConfigException} that names the wrong key. */
  public static MapSettings from(Config config) {
    Config map = config.getConfig("atoll.map");
    return new MapSettings(
        map.getBytes("page-bytes").intValue(),
        map.getBytes("page-cache-bytes"),
        map.getBytes("checkpoint-minimum-bytes"),
        map.getBytes("checkpoint-maximum-bytes"),
        map.getInt("snapshot-every"),
        map.getInt("batch-operations"),
        map.getBytes("batch-bytes").intValue(),
        map.getBytes("scan-bytes").intValue(),
        map.getInt("watch-changes"),
        map.getBytes("watch-bytes"),
        map.getDuration("watch-patience"),
        map.getDuration("idle-after"),
        map.getDuration("page-grace"),
        map.getString("read-journal"));
  }

  /**
   * The recent changes, in bytes, at which a map with this many bytes of entries is checkpointed.
   */
  public long checkpointBytes(long mapBytes) {
    return Math.clamp(mapBytes / 4, checkpointMinimumBytes, checkpointMaximumBytes);
  }
}
