package io.atoll.cassandra;

import io.atoll.map.StoreState;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether Cassandra answers. Somebody asks it something all the time and looks at regular
 * intervals: it is silent when nothing whatsoever has come back since the look before, and down
 * when that is so for some looks in a row. One slow answer does not make it so, nor does a pause of
 * this process, in which nobody looks. Thread-safe.
 */
final class Pulse {
  /** Looks that fit into the time in which something has to be heard. */
  static final int LOOKS = 5;

  private final long readsWhileDown;
  private final LongSupplier nanoTime;
  private boolean heard;
  private volatile int silentLooks;

  /** The monotonic time since when it is down; null while it is up. */
  private volatile @Nullable Long downSince;

  /** {@code readsWhileDown} is how long what is in memory is read on without Cassandra. */
  Pulse(Duration readsWhileDown, LongSupplier nanoTime) {
    this.readsWhileDown = readsWhileDown.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Cassandra has answered something. */
  synchronized void heard() {
    heard = true;
    silentLooks = 0;
    downSince = null;
  }

  /** There is nobody there who could be asked. */
  synchronized void unreachable() {
    heard = false;
    silentLooks = LOOKS;
    down();
  }

  /** It is time for a look; something was asked since the one before. */
  synchronized void look() {
    if (!heard) {
      silentLooks = Math.min(silentLooks + 1, LOOKS);
    }
    if (silentLooks == LOOKS) {
      down();
    }
    heard = false;
  }

  private void down() {
    if (downSince == null) {
      downSince = nanoTime.getAsLong();
    }
  }

  boolean isDown() {
    return downSince != null;
  }

  StoreState state() {
    Long since = downSince;
    if (since == null) {
      return silentLooks == 0 ? StoreState.UP : StoreState.SILENT;
    }
    return nanoTime.getAsLong() - since < readsWhileDown ? StoreState.DOWN : StoreState.LOST;
  }
}
