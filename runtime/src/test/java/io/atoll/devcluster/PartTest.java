package io.atoll.devcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aPartIsReadyOnceItSaysSo() throws Exception {
    Part part = part();
    assertThat(part.isReady()).isFalse();

    part.start(shell("echo starting; echo \"ready on $WHERE\"; sleep 60"), Map.of("WHERE", "me"));

    await(part::isReady);
    assertThat(part.readyLine()).contains("me");
    assertThat(part.isAlive()).isTrue();
    part.terminate();
    part.awaitEnd(PATIENCE);
    assertThat(part.isAlive()).isFalse();
  }

  @Test
  void theEndOfAPartLeavesItsLastLines() throws Exception {
    Part part = part();

    part.start(shell("seq 1 30; exit 7"), Map.of());

    assertThat(part.onEnd().get(1, TimeUnit.MINUTES)).isEqualTo(7);
    assertThat(part.lastLines(2)).containsExactly("29", "30");
  }

  @Test
  void aPartThatStartsAgainIsReadyWhenItsNewProcessSaysSo() throws Exception {
    Part part = part();
    part.start(shell("echo 'ready on first'; exit 0"), Map.of());
    assertThat(part.onEnd().get(1, TimeUnit.MINUTES)).isZero();
    assertThat(part.isReady()).isTrue();

    part.startAgain(shell("sleep 60"), Map.of());
    assertThat(part.isReady()).isFalse();
    part.terminate();
    part.awaitEnd(PATIENCE);
    part.startAgain(shell("echo 'ready on again'; sleep 60"), Map.of());
    await(part::isReady);

    assertThat(part.readyLine()).contains("again");
    assertThat(part.lastLines(9)).startsWith("ready on first");
    part.terminate();
    part.awaitEnd(PATIENCE);
  }

  @Test
  void aPartThatDoesNotStopIsKilled() throws Exception {
    Part part = part();
    part.start(shell("trap '' TERM; echo ready on; while :; do sleep 1; done"), Map.of());
    await(part::isReady);

    part.terminate();
    part.awaitEnd(Duration.ofMillis(300));

    assertThat(part.isAlive()).isFalse();
  }

  @Test
  void partsEndWithTheProcessThatHasStartedThem() throws Exception {
    Path number = folder.resolve("number");
    String part = "echo $$ > " + number + ".new; mv " + number + ".new " + number + "; sleep 600";
    Process starter = new ProcessBuilder(starter(part)).start();
    await(() -> Files.exists(number));
    ProcessHandle started =
        ProcessHandle.of(Long.parseLong(Files.readString(number).strip())).orElseThrow();

    starter.destroyForcibly();

    await(() -> !started.isAlive());
  }

  @Test
  void whereNothingIsWrittenOverEachStepIsSaidOnce() throws Exception {
    StringWriter text = new StringWriter();
    Progress progress = new Progress(new PrintWriter(text), false);
    Part part = part();
    progress.show(List.of(part));
    part.start(shell("echo ready on; sleep 60"), Map.of());
    progress.show(List.of(part));
    progress.show(List.of(part));
    await(part::isReady);
    progress.show(List.of(part));
    part.terminate();

    assertThat(text.toString().lines().map(line -> line.replaceAll("[0-9.]+ s", "TIME")))
        .containsExactly(
            "  a part     waits", "  a part     starts", "  a part     ready after TIME");
  }

  private Part part() {
    return new Part("a part", folder.resolve("log"), "ready on ");
  }

  private static List<String> shell(String script) {
    return List.of("/bin/sh", "-c", script.replace("echo ready on;", "echo 'ready on ';"));
  }

  private List<String> starter(String script) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Starter.class.getName(),
        folder.resolve("log").toString(),
        script);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** A process that starts a part and does nothing else. */
  static final class Starter {
    public static void main(String[] arguments) throws InterruptedException, IOException {
      Part part = new Part("a part", Path.of(arguments[0]), "never");
      part.start(List.of("/bin/sh", "-c", arguments[1]), Map.of());
      part.awaitEnd(Duration.ofMinutes(10));
    }
  }
}
