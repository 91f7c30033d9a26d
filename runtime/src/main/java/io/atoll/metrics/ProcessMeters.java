package io.atoll.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** What every JVM shows of itself: memory, threads, processor time, files and uptime. */
final class ProcessMeters {
  private static final List<MeterBinder> BINDERS =
      List.of(
          new ClassLoaderMetrics(),
          new FileDescriptorMetrics(),
          new JvmMemoryMetrics(),
          new JvmThreadMetrics(),
          new ProcessorMetrics(),
          new UptimeMetrics());

  private ProcessMeters() {}

  static void bindTo(MeterRegistry registry) {
    BINDERS.forEach(binder -> binder.bindTo(registry));
  }
}
