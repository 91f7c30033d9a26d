package io.atoll.cluster;

import com.typesafe.config.Config;
import io.atoll.map.OperateReply.Outcomes;
import java.util.stream.LongStream;

/**
 * How large a message between nodes can be, so that none is dropped because it does not fit a
 * frame: a request holds what one body does, an answer values up to a bound, a page of a scan or
 * the changes that a map wrote together.
 */
final class LargestMessage {
  /** For the envelope, and for what operations are longer than in a body. */
  private static final long ROOM = 1 << 20;

  /** Changes that wait for a watcher are sent once they are so many bytes. */
  private static final long CHANGES = 1 << 20;

  private LargestMessage() {}

  /** In bytes, as this configuration bounds it. */
  static long bytes(Config config) {
    long value = config.getBytes("atoll.http.max-value-bytes");
    long largest =
        LongStream.of(
                config.getBytes("atoll.http.listener.max-body-bytes"),
                Outcomes.MOST_BYTES,
                config.getBytes("atoll.map.scan-bytes") + value,
                config.getBytes("atoll.map.batch-bytes") + value + CHANGES)
            .max()
            .getAsLong();
    return largest + ROOM;
  }
}
