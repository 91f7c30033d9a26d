package io.atoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.bench.BenchSettings.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ResolverTest {
  @Test
  void withoutFlagsTheDefaultsHold() {
    BenchSettings settings = settings();
    assertThat(settings.target())
        .isEqualTo(new BenchSettings.Target(URI.create("http://127.0.0.1:8080"), "admin", false));
    assertThat(settings.data())
        .isEqualTo(
            new BenchSettings.Data(
                "bench", 100, PlanMix.of("enterprise"), 10, 100, 256, 0.99, true, false));
    assertThat(settings.mix()).isEqualTo(new BenchSettings.Mix(50, 0, 100));
    assertThat(settings.load())
        .isEqualTo(new BenchSettings.Load(Pace.CLOSED, Ramp.constant(512), 64, 8, 1));
    assertThat(settings.times())
        .isEqualTo(
            new BenchSettings.Times(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(10)));
  }

  @Test
  void eachFlagIsTaken() {
    BenchSettings settings =
        settings(
            "--url=https://atoll.example:8443/",
            "--key=other",
            "--tenants=5",
            "--plans=pro=1,free=2",
            "--prefix=mine",
            "--keep",
            "--maps=3",
            "--keys=4",
            "--value-bytes=64",
            "--uniform",
            "--no-preload",
            "--reads=90",
            "--scans=10",
            "--scan-limit=5",
            "--connections=6",
            "--depth=7",
            "--threads=2",
            "--duration=1m",
            "--warm-up=3s",
            "--timeout=4s");
    assertThat(settings.target())
        .isEqualTo(
            new BenchSettings.Target(URI.create("https://atoll.example:8443"), "other", false));
    assertThat(settings.data())
        .isEqualTo(
            new BenchSettings.Data(
                "mine", 5, PlanMix.parse("pro=1,free=2"), 3, 4, 64, 0, false, true));
    assertThat(settings.mix()).isEqualTo(new BenchSettings.Mix(90, 10, 5));
    assertThat(settings.load())
        .isEqualTo(new BenchSettings.Load(Pace.CLOSED, Ramp.constant(42), 6, 7, 2));
    assertThat(settings.times())
        .isEqualTo(
            new BenchSettings.Times(
                Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofSeconds(4)));
  }

  @Test
  void usersAreDealtOutOverTheConnections() {
    BenchSettings.Load few = settings("--users", "10").load();
    assertThat(few).isEqualTo(new BenchSettings.Load(Pace.CLOSED, Ramp.constant(10), 10, 1, 1));
    BenchSettings.Load many = settings("--ramp", "10s:1000").load();
    assertThat(many)
        .isEqualTo(new BenchSettings.Load(Pace.CLOSED, Ramp.parse("10s:1000"), 64, 16, 1));
    BenchSettings.Load http = settings("--http", "--users", "200").load();
    assertThat(http).isEqualTo(new BenchSettings.Load(Pace.CLOSED, Ramp.constant(200), 200, 1, 1));
    assertThat(settings("--http").load().connections()).isEqualTo(64);
  }

  @Test
  void aRateIsAnOpenLoop() {
    assertThat(settings("--rate", "5000").load())
        .isEqualTo(new BenchSettings.Load(Pace.RATE, Ramp.constant(5_000), 64, 256, 1));
    assertThat(settings("--rate", "0.5", "--http").load())
        .isEqualTo(new BenchSettings.Load(Pace.RATE, Ramp.constant(0.5), 64, 1, 1));
  }

  @Test
  void intervalsMakeUsersWhoCallAtThem() {
    BenchSettings settings = settings("--interval", "100ms", "--tenants", "20");
    assertThat(settings.load())
        .isEqualTo(new BenchSettings.Load(Pace.USERS, Ramp.constant(20), 20, 256, 1));
    assertThat(settings.interval(0)).contains(Duration.ofMillis(100));
  }

  @Test
  void aRampSaysHowLongTheRunIs() {
    assertThat(settings("--ramp", "0s:10,30s:50").times().duration()).hasSeconds(30);
    assertThat(settings("--ramp", "0s:10,30s:50").times().warmUp()).isZero();
    assertThat(settings("--ramp", "0s:10,30s:50", "--duration", "1m").times().duration())
        .hasMinutes(1);
  }

  @Test
  void thePresetOfTiersIsTheProfileOfThreePlans() {
    BenchSettings settings = settings("--preset", "tiers");
    assertThat(settings.load().pace()).isEqualTo(Pace.USERS);
    assertThat(settings.load().ramp()).isEqualTo(Ramp.parse("0s:10,2m:50,2m:100"));
    assertThat(settings.load().connections()).isEqualTo(100);
    assertThat(settings.data().plans()).hasToString("enterprise=10@100ms,pro=20@500ms,free=70@2s");
    assertThat(settings.data().tenants()).isEqualTo(100);
    assertThat(settings.times().duration()).hasMinutes(4);
  }

  @Test
  void flagsWinOverAPreset() {
    BenchSettings settings = settings("--preset", "many", "--tenants", "7", "--depth", "1");
    assertThat(settings.data().tenants()).isEqualTo(7);
    assertThat(settings.load().ramp().highest()).isEqualTo(64);
    assertThat(settings("--preset", "many").load().ramp().highest()).isEqualTo(2_048);
  }

  @Test
  void aTenantsOwnKeyCallsThatTenant() {
    BenchSettings settings = settings("--key", "atl_live_acme_x_y");
    assertThat(settings.target().isTenantKey()).isTrue();
    assertThat(settings.data().tenants()).isEqualTo(1);
    assertWrong("leave out --tenants", "--key", "atl_test_acme_x_y", "--tenants", "2");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertWrong("--url", "--url", "ftp://x");
    assertWrong("--reads takes 0 to 100", "--reads", "101");
    assertWrong("--scans are part of the --reads", "--reads", "5", "--scans", "6");
    assertWrong("exclude each other", "--rate", "5", "--users", "5");
    assertWrong("exclude each other", "--rate", "5", "--interval", "5s");
    assertWrong("one call under way", "--http", "--depth", "2");
    assertWrong("need more --connections", "--users", "100", "--connections", "10", "--depth", "2");
    assertWrong("more than 0", "--users", "0");
    assertWrong("more than 0", "--rate", "0");
    assertWrong("--threads", "--connections", "2", "--threads", "3");
    assertWrong("--value-bytes", "--value-bytes", "7");
    assertWrong("--prefix", "--prefix", "A");
    assertWrong("an interval", "--plans", "pro=1@1s,free=1");
    assertWrong("--duration", "--duration", "0s");
    assertThatThrownBy(() -> new Resolver(options(), null).settings())
        .hasMessageContaining("ATOLL_ADMIN_KEY");
  }

  @Test
  void whatCannotBeReadIsSaidByItsFlag() {
    for (List<String> wrong :
        List.of(
            List.of("--users", "10s"),
            List.of("--rate", "x"),
            List.of("--plans", "pro=0"),
            List.of("--duration", "10"),
            List.of("--preset", "none"))) {
      assertThatThrownBy(() -> options(wrong.toArray(String[]::new)))
          .isInstanceOf(ParameterException.class)
          .hasMessageContaining(wrong.getFirst())
          .hasMessageContaining("'" + wrong.getLast() + "'");
    }
  }

  private static void assertWrong(String message, String... flags) {
    assertThatThrownBy(() -> settings(flags))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static BenchSettings settings(String... flags) {
    return new Resolver(options(flags), "admin").settings();
  }

  private static BenchOptions options(String... flags) {
    BenchOptions options = new BenchOptions();
    new CommandLine(options).parseArgs(flags);
    return options;
  }
}
