package io.atoll.node;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A node in a JVM of its own, on a free port; it is killed when it is closed. */
public final class NodeProcess implements AutoCloseable {
  public static final String ADMIN_KEY = "atl_admin_for-tests-only-0123456789";

  private static final Duration START_BOUND = Duration.ofMinutes(5);
  private static final Duration STOP_BOUND = Duration.ofMinutes(3);
  private static final String READY = "atoll ready on ";

  /** On a busy machine nothing is given up that a quiet one does at once. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "ATOLL_HTTP_GATEWAY_REQUEST_TIMEOUT", "60s",
          "ATOLL_JOURNAL_CIRCUIT_BREAKER_CALL_TIMEOUT", "60s",
          "ATOLL_JOURNAL_STALLED_AFTER", "60s",
          "ATOLL_NODE_DRAIN_TIMEOUT", "60s",
          "ATOLL_NODE_READY_TIMEOUT", "60s",
          "ATOLL_TENANT_COLLECT_TIMEOUT", "50s",
          "ATOLL_TENANT_START_TIMEOUT", "50s");

  private final Process process;
  private final Path errors;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Thread reader;

  private NodeProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.reader = reader();
  }

  /** Who waits for a process's line keeps a carrier of virtual threads, and there are few. */
  private Thread reader() {
    return Thread.ofPlatform().daemon().start(this::readLines);
  }

  /** Starts a node over this data folder and waits until it is ready. */
  public static NodeProcess start(Path data, String... flags) {
    NodeProcess node = launch(data, Map.of("ATOLL_ADMIN_KEY", ADMIN_KEY), List.of(), flags);
    node.url();
    return node;
  }

  /** Starts a node and does not wait. {@code variables} and {@code jvm} options are added. */
  public static NodeProcess launch(
      Path data, Map<String, String> variables, List<String> jvm, String... flags) {
    return launch(Program.present(), data, variables, jvm, flags);
  }

  /** Starts a node of this program and does not wait. */
  public static NodeProcess launch(
      Program program,
      Path data,
      Map<String, String> variables,
      List<String> jvm,
      String... flags) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--data", data + ""));
    arguments.addAll(List.of(flags));
    Path errors = data.resolveSibling(data.getFileName() + ".log");
    return run(program, errors, variables, jvm, arguments);
  }

  /** What to run: the classes, and the words in front of the command line. */
  public record Program(List<String> before, String classPath) {
    public Program {
      before = List.copyOf(before);
    }

    /** The program as it was built last. */
    public static Program present() {
      return new Program(List.of(), NodeProcess.classPath());
    }

    /** A distribution: its folder holds {@code atoll.jar} and {@code lib}. */
    public static Program of(Path folder) {
      String libraries = folder.resolve("lib") + "/*";
      return new Program(List.of(), folder.resolve("atoll.jar") + File.pathSeparator + libraries);
    }
  }

  /** Runs any command line; standard error goes to the file. */
  public static NodeProcess run(
      Path errors, Map<String, String> variables, List<String> jvm, List<String> arguments) {
    return run(Program.present(), errors, variables, jvm, arguments);
  }

  private static NodeProcess run(
      Program program,
      Path errors,
      Map<String, String> variables,
      List<String> jvm,
      List<String> arguments) {
    List<String> command = new ArrayList<>(program.before());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root().resolve("config/jvm.options"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", program.classPath(), "io.atoll.cli.Main"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("ATOLL_"));
    builder.environment().putAll(PATIENT);
    builder.environment().putAll(variables);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    try {
      return new NodeProcess(builder.start(), errors);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** What a user has, without the classes and the logging of tests. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).endsWith("test-classes") && !entry.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The folder of the whole project. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("config/jvm.options")) ? folder : folder.getParent();
  }

  /** Where the node answers; waits until it is ready. */
  public URI url() {
    try {
      return ready.get(START_BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("the node did not become ready:\n" + errors(), failed);
    }
  }

  public Client client() {
    return new Client(url());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the process has written to standard output so far. */
  public List<String> output() {
    return List.copyOf(lines);
  }

  /** What the process has written to standard error so far. */
  public String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Sends SIGTERM and waits for the exit code. */
  public int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Waits for the end of the process and of its output. */
  public int exitCode() {
    try {
      if (process.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)
          && reader.join(STOP_BOUND)) {
        return process.exitValue();
      }
      throw new AssertionError("the process does not end:\n" + errors());
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith(READY)) {
          ready.complete(URI.create(line.substring(READY.length())));
        }
      }
      ready.completeExceptionally(new IllegalStateException("the process has ended"));
    } catch (IOException failed) {
      ready.completeExceptionally(failed);
    }
  }
}
