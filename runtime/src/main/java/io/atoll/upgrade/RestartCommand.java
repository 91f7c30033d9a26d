package io.atoll.upgrade;

import io.atoll.upgrade.ClusterView.NodeView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Restarts nodes by a command of the operator: {@code {host}}, {@code {port}} and {@code {node}}
 * stand for those of the node, each within one word.
 */
record RestartCommand(List<String> words, Duration timeout) implements Restart {
  /** A name or address, IPv6 in brackets: nothing that a program takes for an option. */
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.%]+\\]):(\\d{1,5})");

  private static final long LOOK_MILLIS = 200;
  private static final int LAST_LINES = 10;

  RestartCommand {
    words = List.copyOf(words);
  }

  /** Reads a command; fails with {@link IllegalArgumentException}. */
  static RestartCommand parse(String text, Duration timeout) {
    List<String> words = Words.of(text);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    return new RestartCommand(words, timeout);
  }

  /** The command for this node; fails with {@link UpgradeException} for an odd address. */
  List<String> wordsFor(String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw UpgradeException.failed("the restart command is not run for the address " + address);
    }
    String host = parts.group(1).replaceAll("[\\[\\]]", "");
    return words.stream()
        .map(word ->
            word.replace("{host}", host)
                .replace("{port}", parts.group(2))
                .replace("{node}", address))
        .toList();
  }

  @Override
  public Step step() {
    return Step.RESTARTS;
  }

  @Override
  public Result begin(NodeView node, Runnable meanwhile) throws InterruptedException {
    List<String> command = wordsFor(node.address());
    try {
      Path output = Files.createTempFile("atoll-upgrade", ".log");
      try {
        return run(command, output, meanwhile);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException failed) {
      return new Result.Failed("cannot run the restart command: " + failed.getMessage());
    }
  }

  private Result run(List<String> command, Path output, Runnable meanwhile)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      meanwhile.run();
      if (System.nanoTime() > deadline) {
        process.destroy();
        return failed(command, "has not ended in time", output);
      }
    }
    return process.exitValue() == 0
        ? new Result.Begun()
        : failed(command, "has failed with exit code " + process.exitValue(), output);
  }

  private static Result failed(List<String> command, String how, Path output) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
    StringBuilder text = new StringBuilder("the restart command " + command + " " + how);
    lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .forEach(line -> text.append(System.lineSeparator()).append("  | ").append(line));
    return new Result.Failed(text.toString());
  }
}
