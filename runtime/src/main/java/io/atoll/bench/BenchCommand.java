package io.atoll.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.atoll.bench.Progress.Style;
import java.io.Console;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a running node over its public API. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Calls a running node over its public API and reports throughput and latencies.",
      "",
      "Three ways to set the load: callers who call again when they have their answer (the "
          + "default), --rate, or users who call once an interval (--plans with intervals, or "
          + "--interval). With the latter two a latency counts from when the call was due, so a "
          + "node that stalls is charged with all calls that had to wait.",
      ""
    },
    footer = {
      "",
      "Presets",
      "  tiers  100 users with a tenant each: 10 %% enterprise with a call each 100 ms,",
      "         20 %% pro each 500 ms, 70 %% free each 2 s; 10, then 50, then 100 users",
      "         within 4 minutes",
      "  many   1,000 enterprise tenants, 10 maps of 100 keys, 64 connections with 32",
      "         calls under way on each",
      "",
      "Examples",
      "  atoll bench                                      what 512 callers get",
      "  atoll bench --http --users 32 --reads 95         over HTTP, most of it reads",
      "  atoll bench --rate 30s:20000,1m:20000            up to 20,000 a second",
      "  atoll bench --tenants 1 --plans free --rate 500  how a quota answers",
      "  atoll bench --preset tiers --json                for a program to read",
      "",
      "Exit codes: 0 done, 1 calls failed (what a quota refuses is no failure),",
      "2 wrong flag."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final long CLEAN_UP_SECONDS = 60;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--json", description = "One JSON object on standard output, no table.")
  private boolean json;

  @Option(
      names = "--progress",
      negatable = true,
      description = "A line each second on standard error; by default on a terminal only.")
  private @Nullable Boolean showProgress;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = line();
    BenchSettings settings = settings(line);
    quiet();
    Progress progress = new Progress(line.getErr(), style(), settings);
    Bench bench = new Bench(settings, progress);
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bench, done), "atoll-bench-stop"));
    try {
      Report report = bench.run();
      line.getOut().println(json ? new JsonReport(report) : new TextReport(report));
      line.getOut().flush();
      return report.isGood() ? 0 : FAILED;
    } catch (UnknownPlanException wrong) {
      throw new ParameterException(line, wrong.getMessage());
    } finally {
      done.countDown();
    }
  }

  /** An interrupt from the keyboard ends the measurement; report and cleaning up still happen. */
  private static void stop(Bench bench, CountDownLatch done) {
    bench.stop();
    try {
      if (!done.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("atoll: stopped before all was cleaned up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What goes wrong is in the report; libraries need not say it, too. */
  private static void quiet() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
  }

  private BenchSettings settings(CommandLine line) {
    try {
      return new Resolver(options, System.getenv("ATOLL_ADMIN_KEY")).settings();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(line, wrong.getMessage());
    }
  }

  private Style style() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    if (showProgress == null) {
      return terminal ? Style.ONE_LINE : Style.NONE;
    }
    if (!showProgress) {
      return Style.NONE;
    }
    return terminal ? Style.ONE_LINE : Style.LINES;
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
