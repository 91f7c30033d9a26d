package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.atoll.reload.ConfigurationSource.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RunningConfigurationTest {
  private static final String SECRET = "a-secret-of-the-operator";

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.atoll");
  private final Level before = logger.getLevel();

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    logger.setLevel(before);
  }

  @Test
  void aFileCountsAsChangedUntilItIsReadAgain() throws IOException {
    RunningConfiguration running = running("atoll.log.level = info");
    assertThat(running.isChanged()).isFalse();

    write("atoll.log.level = debug");
    assertThat(isChangedForGood(running)).isTrue();
    assertThat(running.load()).isInstanceOf(Loaded.Right.class);
    assertThat(running.isChanged()).isFalse();
  }

  @Test
  void aFileThatIsBeingWrittenIsNotTakenUpBeforeItStaysTheSame() throws IOException {
    RunningConfiguration running = running("atoll.log.level = info");

    write("atoll.plans {}");
    assertThat(running.isChanged()).isFalse();
    write("atoll.plans {}\natoll.log.level = debug");
    assertThat(running.isChanged()).isFalse();
    assertThat(running.isChanged()).isTrue();
  }

  @Test
  void aCommentIsNoChangeAndAnIncludedFileIsOne() throws IOException {
    Files.writeString(folder.resolve("more.conf"), "atoll.log.level = info");
    RunningConfiguration running = running("include \"more.conf\"");

    write("# the same\ninclude \"more.conf\"");
    assertThat(running.isChanged()).isFalse();
    Files.writeString(folder.resolve("more.conf"), "atoll.log.level = warn");
    assertThat(isChangedForGood(running)).isTrue();
  }

  @Test
  void plansAndTheLogLevelNeedNoRestart() throws IOException {
    RunningConfiguration running = running("");
    write("atoll { log.level = debug, plans.gold.quotas.maps = 3 }");

    assertThat(running.load())
        .isInstanceOfSatisfying(
            Loaded.Right.class,
            right -> {
              assertThat(right.needRestart()).isEmpty();
              assertThat(right.config().getInt("atoll.plans.gold.quotas.maps")).isEqualTo(3);
            });
    assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);
  }

  @Test
  void whatNeedsARestartIsNamedWithoutItsValueUntilItIsAsBefore() throws IOException {
    RunningConfiguration running = running("");
    write("atoll { admin-key = \"" + SECRET + "\", http.listener.port = 9000 }");

    assertThat(running.load())
        .isInstanceOfSatisfying(
            Loaded.Right.class,
            right ->
                assertThat(right.needRestart())
                    .containsExactly("atoll.admin-key", "atoll.http.listener.port"));
    write("");
    assertThat(running.load())
        .isInstanceOfSatisfying(
            Loaded.Right.class, right -> assertThat(right.needRestart()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "atoll {",
        "atoll.log.levle = info",
        "atoll.log.level = loud",
        "atoll.node.plans-interval = -1s",
        "atoll.plans.gold.teir = A",
        "atoll.plans.gold.quotas.maps = -7",
        "atoll.store = paper",
        "atoll.http.listener.host = \"0.0.0.0\"",
        "other.key = 1"
      })
  void aBadFileIsRefusedAsAWholeWithItsName(String wrong) throws IOException {
    RunningConfiguration running = running("");
    Level level = logger.getLevel();
    write("atoll.log.level = error\n" + wrong);

    assertThat(isChangedForGood(running)).isTrue();
    assertThat(running.load())
        .isInstanceOfSatisfying(
            Loaded.Wrong.class,
            it -> assertThat(it.reason()).contains("atoll.conf").doesNotContain("\n"));
    assertThat(logger.getLevel()).isEqualTo(level);
    assertThat(running.isChanged()).as("it is told of once").isFalse();
  }

  @Test
  void aFileThatIsGoneIsABadOne() throws IOException {
    RunningConfiguration running = running("atoll.log.level = info");
    Files.delete(folder.resolve("atoll.conf"));

    assertThat(isChangedForGood(running)).isTrue();
    assertThat(running.load()).isInstanceOf(Loaded.Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "atoll.admin-key = \"" + SECRET,
        "atoll.admin-key = " + SECRET + " }",
        "atoll.admin-key " + SECRET,
        "atoll { admin-key = [" + SECRET + " }"
      })
  void aSecretIsNotToldWhereAFileCannotBeParsed(String wrong) throws IOException {
    RunningConfiguration running = running("");
    write(wrong);

    assertThat(running.load())
        .isInstanceOfSatisfying(
            Loaded.Wrong.class, it -> assertThat(it.reason()).doesNotContain(SECRET));
  }

  @Test
  void aProcessWithoutAFileReadsTheRestAgain() {
    ConfigurationLoader loader = new ConfigurationLoader();
    RunningConfiguration running =
        new RunningConfiguration(
            loader, Map.of(), Map.of(), null, loader.load(Map.of(), Map.of(), null));

    assertThat(running.isChanged()).isFalse();
    assertThat(running.load()).isInstanceOf(Loaded.Right.class);
  }

  private RunningConfiguration running(String text) throws IOException {
    Path file = write(text);
    ConfigurationLoader loader = new ConfigurationLoader();
    return new RunningConfiguration(
        loader, Map.of(), Map.of(), file, loader.load(Map.of(), Map.of(), file));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("atoll.conf"), text);
  }

  /** What two looks see that follow each other. */
  private static boolean isChangedForGood(RunningConfiguration running) {
    boolean first = running.isChanged();
    return running.isChanged() || first;
  }
}
