package io.atoll.upgrade;

import static java.time.temporal.ChronoUnit.SECONDS;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.atoll.client.ApiClient;
import io.atoll.terminal.Span;
import io.atoll.terminal.Terminal;
import io.atoll.upgrade.ClusterView.NodeView;
import io.atoll.upgrade.Plan.Planned;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Restarts the nodes of a cluster one after the other. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Restarts the nodes of a running cluster one after the other, while it serves: has a node hand"
          + " over what it has, waits until it is back as a new process, takes traffic and has"
          + " caught up, and only then goes to the next. Restarts no node while the cluster is"
          + " not whole.",
      "",
      "Put the new version in place first. The nodes are drained over the API; whatever watches over"
          + " their processes (systemd, Kubernetes, dev-cluster) must start them again when they"
          + " end with 0. Or let --restart-command restart them.",
      "",
      "The same command goes on after it was stopped.",
      ""
    },
    footer = {
      "",
      "Examples",
      "  atoll upgrade --url http://node-1:8080 --dry-run",
      "  atoll upgrade --url http://node-1:8080 --url http://node-2:8080 --to 1.2.0",
      "  atoll upgrade --restart-command 'ssh {host} sudo systemctl restart atoll'",
      "",
      "Exit codes: 0 done, 1 a step failed, 2 wrong flag, 3 the cluster is not whole,",
      "4 a node is not back in time."
    })
public final class UpgradeCommand implements Callable<Integer> {
  private static final Duration CALL_BOUND = Duration.ofSeconds(10);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "A node to ask; http://127.0.0.1:8080 by default. May be given again.",
        "The others are found by it, where they can be reached as the cluster shows them."
      })
  private List<URI> urls = List.of(URI.create("http://127.0.0.1:8080"));

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The admin key; ATOLL_ADMIN_KEY by default.")
  private @Nullable String key;

  @Option(
      names = "--nodes",
      paramLabel = "A:1,B:2",
      split = ",",
      description = {
        "Only these nodes, as GET /api/cluster shows them, in this order; all by default.",
        "The oldest of the cluster is always the last."
      })
  private List<String> nodes = List.of();

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version that nodes must come back with; those that have it are skipped.")
  private @Nullable String version;

  @Option(
      names = "--restart-command",
      paramLabel = "COMMAND",
      description = {
        "Run for each node in place of draining it over the API; it has to stop the process with"
            + " SIGTERM and start it again. {host}, {port} and {node} (host:port) are put in. No"
            + " shell reads it."
      })
  private @Nullable String command;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description = "How long a node may take until it has caught up; 5m by default.")
  private Duration timeout = Duration.ofMinutes(5);

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description = {
        "How long the cluster may take to be whole before a node is restarted; 2m by default.",
        "0s: not at all."
      })
  private Duration patience = Duration.ofMinutes(2);

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Where an upgrade that is not finished is kept; ${DEFAULT-VALUE} by default.",
      defaultValue = ".atoll-upgrade.json")
  private Path state = Path.of("");

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "A JSON object a line on standard output.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  static final class SpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Span.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    quiet();
    Optional<RestartCommand> restart = restartCommand();
    try (ApiClient api = new ApiClient(key(), CALL_BOUND)) {
      ClusterClient cluster = new ClusterClient(api, urls.stream().map(this::bare).toList());
      return run(cluster, restart.<Restart>map(own -> own).orElse(cluster));
    } catch (UpgradeException failed) {
      return complain(failed.exitCode(), String.valueOf(failed.getMessage()));
    }
  }

  /** What goes wrong is said by this command; libraries need not say it, too. */
  private static void quiet() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
  }

  private String key() {
    String given = key == null ? System.getenv("ATOLL_ADMIN_KEY") : key;
    if (given == null || given.isEmpty()) {
      throw new ParameterException(line(), "give the admin key with --key or in ATOLL_ADMIN_KEY");
    }
    return given;
  }

  private URI bare(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw new ParameterException(line(), "--url " + url + " is not like http://node-1:8080");
    }
    return URI.create(url.getScheme() + "://" + url.getAuthority());
  }

  private Optional<RestartCommand> restartCommand() {
    try {
      return Optional.ofNullable(command).map(text -> RestartCommand.parse(text, timeout));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(line(), "--restart-command: " + wrong.getMessage());
    }
  }

  private int run(ClusterClient cluster, Restart restart) throws InterruptedException {
    ClusterView view =
        switch (cluster.look(Optional.empty())) {
          case Look.Seen(var seen) -> seen;
          case Look.Nothing(var reason) -> throw UpgradeException.failed(reason);
        };
    StateFile file = new StateFile(state.toAbsolutePath());
    Clock clock = Clock.systemUTC();
    Optional<Plan> before = file.load();
    Plan plan =
        Plan.takeUp(
            before,
            view,
            nodes,
            Optional.ofNullable(version),
            clock.instant().truncatedTo(SECONDS));
    if (dryRun) {
      return show(plan, view);
    }
    before.ifPresent(old -> say("goes on with the upgrade that began " + old.begun()));
    Upgrade upgrade =
        new Upgrade(
            new Upgrade.Tools(
                cluster::look, restart, file, steps(plan, clock), System::nanoTime, Thread::sleep),
            new Upgrade.Patience(timeout, patience),
            plan,
            view);
    return run(upgrade);
  }

  private int run(Upgrade upgrade) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped(upgrade), "atoll-upgrade-stop"));
    Ending ending = upgrade.run();
    return ending.exitCode() == ExitCodes.DONE
        ? ExitCodes.DONE
        : complain(ending.exitCode(), ending.message());
  }

  /** An interrupt from the keyboard leaves nothing half done unsaid. */
  private static void stopped(Upgrade upgrade) {
    if (!upgrade.hasEnded()) {
      System.err.println("atoll: stopped. " + upgrade.whereItStands());
    }
  }

  private Steps steps(Plan plan, Clock clock) {
    return json
        ? new JsonSteps(out(), clock)
        : new TextSteps(
            out(), Terminal.isLive(), plan.nodes().stream().map(Planned::address).toList());
  }

  private int show(Plan plan, ClusterView view) {
    for (Planned planned : plan.nodes()) {
      String what = plan.isDone(planned, view) ? "skip     " : "restart  ";
      String version =
          view.node(planned.address()).map(NodeView::version).orElse("not in the cluster");
      say(what + planned.address() + "  " + version + ", started " + planned.startedAt());
    }
    Optional<String> flaw = Rules.flaw(plan, view);
    say(flaw.map(it -> "now it would wait: " + it).orElse("the cluster is whole"));
    return flaw.isEmpty() ? ExitCodes.DONE : ExitCodes.NOT_WHOLE;
  }

  private void say(String text) {
    if (!json) {
      out().println(text);
      out().flush();
    }
  }

  private int complain(int exitCode, String message) {
    PrintWriter errors = line().getErr();
    errors.println("atoll: " + message);
    errors.flush();
    return exitCode;
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
