package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link WriterProcess}, and what it has told: what is acknowledged and what is synced. */
final class Writer implements AutoCloseable {
  private final Path errors;
  private final Process process;
  private final BufferedReader lines;
  private final Map<String, Long> acknowledged;
  private final Map<String, Long> synced = new HashMap<>();

  /** Starts a process on the folder; {@code acknowledged} is by the processes before. */
  Writer(Path folder, boolean fsync, Map<String, Long> acknowledged) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WriterProcess.class.getName(), folder.toString()));
    command.addAll(List.of(fsync ? "on" : "off", "64"));
    this.errors = Files.createTempFile("writer", ".err");
    this.process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    this.lines = process.inputReader();
    this.acknowledged = acknowledged;
  }

  /** Waits until so many more events are acknowledged. */
  void awaitAcknowledged(int count) throws IOException {
    int seen = 0;
    while (seen < count) {
      String line = lines.readLine();
      assertThat(line).as("the writer goes on; it said: %s", Files.readString(errors)).isNotNull();
      seen += hear(line) ? 1 : 0;
    }
  }

  /** The process ends by itself; what it told before is heard. */
  int awaitExit() {
    hearTheRest();
    return process.exitValue();
  }

  /** Ends the process at once, wherever it is; what it told before is heard. */
  void kill() {
    process.toHandle().destroyForcibly();
    hearTheRest();
  }

  /** How much of the file was synced, as far as is known. */
  long synced(Path log) {
    return synced.getOrDefault(log.getFileName().toString(), 0L);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }

  private void hearTheRest() {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the writer has ended").isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** True when the line acknowledges an event; lines of the process's log say nothing. */
  private boolean hear(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "ack" -> acknowledged.put(words[1], Long.parseLong(words[2]));
      case "synced" -> synced.put(words[1], Long.parseLong(words[2]));
      default -> {}
    }
    return words[0].equals("ack");
  }
}
