package io.atoll.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RestartCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void partsOfTheAddressArePutIntoTheWords() {
    assertThat(parse("ssh {host} restart 'atoll {port}' {node}").wordsFor("node-1:25520"))
        .containsExactly("ssh", "node-1", "restart", "atoll 25520", "node-1:25520");
    assertThat(parse("ssh {host}").wordsFor("[::1]:25520")).containsExactly("ssh", "::1");
  }

  @Test
  void quotesMakeOneWordAndNothingElseIsSpecial() {
    assertThat(Words.of("  a 'b c'd \"it's\" '' $x;y|z  "))
        .containsExactly("a", "b cd", "it's", "", "$x;y|z");
    assertThatThrownBy(() -> Words.of("a 'b")).hasMessageContaining("quote");
    assertThatThrownBy(() -> parse("  ")).hasMessageContaining("empty");
  }

  @Test
  void anAddressThatIsNoneIsNotPutIntoACommand() {
    for (String odd : List.of("-oProxyCommand=x:1", "a b:1", "$(x):1", "a", "a:1;x")) {
      assertThatThrownBy(() -> parse("ssh {host}").wordsFor(odd))
          .as(odd)
          .isInstanceOf(UpgradeException.class);
    }
  }

  @Test
  void aCommandThatSucceedsHasBegunTheRestart() throws Exception {
    Path file = folder.resolve("file");

    assertThat(run("/bin/sh -c 'echo {node} > " + file + "'"))
        .isEqualTo(new Restart.Result.Begun());
    assertThat(Files.readString(file)).isEqualTo("a:1\n");
  }

  @Test
  void aCommandThatFailsShowsWhatItSaid() throws Exception {
    assertThat(failure("/bin/sh -c 'echo no such unit; exit 5'"))
        .contains("exit code 5", "  | no such unit");
    assertThat(failure("/no/such/program")).contains("cannot run the restart command");
  }

  @Test
  void aCommandThatDoesNotEndIsGivenUp() throws Exception {
    RestartCommand endless = RestartCommand.parse("sleep 600", Duration.ofMillis(1));

    assertThat(endless.begin(Views.node("a:1", "1", 0), () -> {}).toString())
        .contains("has not ended in time");
  }

  private static RestartCommand parse(String text) {
    return RestartCommand.parse(text, PATIENCE);
  }

  private static Restart.Result run(String text) throws InterruptedException, IOException {
    return parse(text).begin(Views.node("a:1", "1", 0), () -> {});
  }

  private static String failure(String text) throws InterruptedException, IOException {
    return ((Restart.Result.Failed) run(text)).reason();
  }
}
