package io.atoll.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Does to the bytes of a message what a faulty or hostile node could do. */
public final class Damage {
  private static final int TRIES = 20_000;

  /** Tries that load classes and fill caches. */
  private static final int FIRST = 1_000;

  /** Room for objects around the bytes: a list's slots, records, an exception with its trace. */
  private static final long FEW_BYTES = 256 << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Damage() {}

  /** No beginning of the message is taken for the message. */
  public static void everyCutIsRefused(byte[] whole, Function<byte[], Object> read) {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read.apply(cut))
          .as("the first %d bytes", length)
          .isInstanceOf(RuntimeException.class);
    }
  }

  /** Changed bytes are read as something else or refused, and never need much memory. */
  public static void changesNeverNeedMuchMemory(byte[] whole, Function<byte[], Object> read) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < TRIES; i++) {
      byte[] changed = whole.clone();
      for (int change = 0; change <= i % 5; change++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      long allocated = allocated(() -> attempt(changed, read));
      assertThat(i < FIRST ? 0 : allocated).isLessThan(FEW_BYTES);
    }
  }

  private static void attempt(byte[] changed, Function<byte[], Object> read) {
    try {
      assertThat(read.apply(changed)).isNotNull();
    } catch (RuntimeException refused) {
      assertThat(refused).isNotInstanceOf(NullPointerException.class);
    }
  }

  private static long allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
