package io.atoll.quota;

import io.atoll.plan.Plans;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Prints the heap that a tenant's tracker takes, as the growth of the heap by many of them. */
public final class TrackerSize {
  private static final int TRACKERS = 200_000;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private TrackerSize() {}

  public static void main(String[] arguments) {
    Quotas quotas = Plans.builtIn().find(Plans.PRO).orElseThrow().quotas();
    QuotaTracker[] trackers = new QuotaTracker[TRACKERS];
    long before = used();
    for (int i = 0; i < TRACKERS; i++) {
      trackers[i] = new QuotaTracker(quotas, System.nanoTime());
    }
    long bytes = (used() - before) / TRACKERS;
    System.out.println("bytes a tracker: " + bytes + " (of " + trackers.length + ")");
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
