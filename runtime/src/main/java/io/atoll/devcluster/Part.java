package io.atoll.devcluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that is part of the cluster, with its output in a file. It gets no signal from the
 * keyboard, and is told to end also when this process is killed. Thread-safe.
 */
final class Part {
  /**
   * The end of standard input is the end of who has started it: then the process, which keeps the
   * number of the shell, is told to stop.
   */
  private static final String ATTACHED =
      """
      trap '' INT HUP
      exec 3<&0 </dev/null
      (cat <&3; kill $$) >/dev/null 2>&1 &
      exec "$@" 3<&-
      """;

  private final String name;
  private final Path log;
  private final String readyText;
  private volatile @Nullable Process process;
  private volatile long startedAt;

  /** Where the output of this process begins in the file. */
  private volatile int outputFrom;

  private volatile @Nullable Duration readyAfter;

  /**
   * A part that is not started.
   *
   * @param readyText what stands in its output once it is ready
   */
  Part(String name, Path log, String readyText) {
    this.name = name;
    this.log = log;
    this.readyText = readyText;
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  /** Starts the process with these variables over those of this one. */
  void start(List<String> command, Map<String, String> variables) {
    launch(command, variables, ProcessBuilder.Redirect.to(log.toFile()));
  }

  /** Starts another process in place of one that has ended; what that has written is kept. */
  void startAgain(List<String> command, Map<String, String> variables) {
    outputFrom = bytes().length;
    readyAfter = null;
    launch(command, variables, ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private void launch(
      List<String> command, Map<String, String> variables, ProcessBuilder.Redirect output) {
    List<String> attached = new ArrayList<>(List.of("/bin/sh", "-c", ATTACHED, "sh"));
    attached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(attached).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(variables);
    try {
      startedAt = System.nanoTime();
      process = builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean isStarted() {
    return process != null;
  }

  boolean isAlive() {
    Process started = process;
    return started != null && started.isAlive();
  }

  /** How long it runs. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** How long it took to be ready; empty before. */
  Optional<Duration> readyAfter() {
    return Optional.ofNullable(readyAfter);
  }

  /** Looks whether it is ready by now. */
  boolean isReady() {
    if (readyAfter == null && isStarted() && readyLine().isPresent()) {
      readyAfter = age();
    }
    return readyAfter != null;
  }

  /** The rest of the line in which it says that it is ready. */
  Optional<String> readyLine() {
    byte[] all = bytes();
    String output = new String(all, outputFrom, all.length - outputFrom, UTF_8);
    int at = output.indexOf(readyText);
    int end = output.indexOf('\n', at);
    return at < 0 || end < 0
        ? Optional.empty()
        : Optional.of(output.substring(at + readyText.length(), end));
  }

  /** The last lines of its output. */
  List<String> lastLines(int most) {
    List<String> lines = new String(bytes(), UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Its end with the exit code. It must have been started. */
  CompletableFuture<Integer> onEnd() {
    return started().onExit().thenApply(Process::exitValue);
  }

  /** Asks it to end, if it runs. */
  void terminate() {
    if (isAlive()) {
      started().destroy();
    }
  }

  /** Waits for its end, and kills it when that takes longer. */
  void awaitEnd(Duration patience) throws InterruptedException {
    if (isAlive() && !started().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      started().destroyForcibly().waitFor();
    }
  }

  private Process started() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException(name + " is not started");
    }
    return started;
  }
}
