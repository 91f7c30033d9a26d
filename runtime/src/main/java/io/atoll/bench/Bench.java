package io.atoll.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run from the first tenant to the last. */
final class Bench {
  private static final long POLL_MS = 100;

  private final BenchSettings settings;
  private final Progress progress;
  private final Population population;
  private final BlockingQueue<Interval> seconds = new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  Bench(BenchSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.population =
        settings.target().isTenantKey() ? Population.own() : Population.of(settings.data());
  }

  /** Runs, and leaves the target as it was; fails with {@link BenchException}. */
  Report run() {
    try (Api api = new Api(settings.target())) {
      Tenants tenants = new Tenants(api, settings, population);
      try {
        prepare(api, tenants);
        return measure();
      } finally {
        cleanUp(tenants);
      }
    }
  }

  /** Ends the measurement; the run then ends by itself. May be called by any thread. */
  void stop() {
    stopped = true;
  }

  private void prepare(Api api, Tenants tenants) {
    long started = System.nanoTime();
    List<String> done = new ArrayList<>();
    if (population.named()) {
      tenants.make();
      int found = settings.data().tenants() - tenants.made();
      done.add("made " + Titles.count(tenants.made(), "tenant"));
      done.add(found == 0 ? "" : "found " + Titles.count(found, "tenant"));
    }
    if (settings.data().preload() && !stopped) {
      tenants.fill(new Preload(api, settings));
      done.add("wrote " + Titles.count(settings.data().entries(), "entry"));
    }
    done.removeIf(String::isEmpty);
    String seconds = String.format(Locale.ROOT, " in %.1f s", (System.nanoTime() - started) / 1e9);
    progress.say(done.isEmpty() ? "nothing to prepare" : String.join(", ", done) + seconds);
  }

  private Report measure() {
    Timeline timeline = new Timeline(settings.load().threads(), seconds::add);
    try (Loader loader = new Loader(settings, population, timeline)) {
      loader.open();
      progress.say("calling " + settings.target().url() + ": " + Titles.load(settings));
      long started = System.nanoTime();
      CompletableFuture<Tallies> running = loader.run();
      Duration measured = settings.times().duration();
      boolean stopping = false;
      while (!running.isDone()) {
        show();
        if (stopped && !stopping) {
          stopping = true;
          loader.stop();
          measured = sooner(Duration.ofNanos(System.nanoTime() - started));
        }
      }
      progress.endLine();
      return new Report(settings, population, Await.done(running), measured, timeline.whole());
    }
  }

  private Duration sooner(Duration sinceBegin) {
    Duration sinceWarm = sinceBegin.minus(settings.times().warmUp());
    Duration whole = settings.times().duration();
    if (sinceWarm.isNegative()) {
      return Duration.ZERO;
    }
    return sinceWarm.compareTo(whole) < 0 ? sinceWarm : whole;
  }

  private void show() {
    try {
      @Nullable Interval second = seconds.poll(POLL_MS, TimeUnit.MILLISECONDS);
      if (second != null) {
        progress.show(second);
      }
    } catch (InterruptedException e) {
      throw Await.interrupted();
    }
  }

  /** What cannot be removed is said; the report is not lost with it. */
  private void cleanUp(Tenants tenants) {
    int made = tenants.made();
    if (made == 0) {
      return;
    }
    if (settings.data().keep()) {
      progress.say("kept " + Titles.count(made, "tenant") + "; the same --prefix uses them again");
      return;
    }
    try {
      tenants.remove();
      progress.say("removed " + Titles.count(made, "tenant"));
    } catch (BenchException failed) {
      progress.say("tenants are left over: " + failed.getMessage());
    }
  }
}
