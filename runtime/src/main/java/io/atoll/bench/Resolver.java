package io.atoll.bench;

import io.atoll.bench.BenchSettings.Pace;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes settings of flags, a preset and defaults; what is wrong is an IllegalArgumentException. */
final class Resolver {
  private static final int CONNECTIONS = 64;
  private static final int MOST_USER_CONNECTIONS = 1_000;
  private static final int CLOSED_DEPTH = 8;
  private static final int OPEN_DEPTH = 256;
  private static final Duration DURATION = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final int MOST = 1_000_000;
  private static final int MOST_KEYS = 10_000_000;
  private static final int LARGEST_VALUE = 1 << 20;

  private final BenchOptions options;
  private final Preset.Defaults defaults;
  private final @Nullable String environmentKey;

  Resolver(BenchOptions options, @Nullable String environmentKey) {
    this.options = options;
    this.environmentKey = environmentKey;
    Preset preset = options.load.preset;
    this.defaults = preset == null ? Preset.Defaults.NO_PRESET : preset.defaults();
  }

  BenchSettings settings() {
    BenchSettings.Target target = target();
    BenchSettings.Data data = data(target.isTenantKey());
    Pace pace = pace(data.plans());
    BenchSettings.Load load = load(pace, data, target.http());
    return new BenchSettings(target, data, mix(), load, times(load.ramp()));
  }

  private BenchSettings.Target target() {
    URI url = options.target.url;
    String scheme = url.getScheme();
    boolean known = "http".equals(scheme) || "https".equals(scheme);
    require(known && url.getHost() != null, "--url is like http://127.0.0.1:8080");
    String key = options.target.key == null ? environmentKey : options.target.key;
    if (key == null || key.isEmpty()) {
      throw new IllegalArgumentException("give the admin key with --key or in ATOLL_ADMIN_KEY");
    }
    URI bare = URI.create(scheme + "://" + url.getAuthority());
    return new BenchSettings.Target(bare, key, options.target.http);
  }

  private BenchSettings.Data data(boolean ownTenant) {
    BenchOptions.Data given = options.data;
    require(
        !ownTenant || (given.tenants == null && given.plans == null && options.load.preset == null),
        "a tenant's own key calls that tenant alone: leave out --tenants, --plans and --preset");
    require(
        given.prefix.matches("[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?"),
        "--prefix takes lower-case letters, digits and dashes");
    return new BenchSettings.Data(
        given.prefix,
        ownTenant ? 1 : within("--tenants", or(given.tenants, defaults.tenants()), 1, MOST),
        plans(ownTenant),
        within("--maps", or(given.maps, defaults.maps()), 1, MOST),
        within("--keys", or(given.keys, defaults.keys()), 1, MOST_KEYS),
        within("--value-bytes", given.valueBytes, Values.SMALLEST, LARGEST_VALUE),
        zipf(),
        !given.noPreload,
        given.keep);
  }

  private PlanMix plans(boolean ownTenant) {
    PlanMix given = options.data.plans;
    PlanMix plans = given == null ? PlanMix.parse(ownTenant ? "own" : defaults.plans()) : given;
    Duration interval = options.load.interval;
    if (interval != null) {
      require(!interval.isZero(), "--interval is longer than nothing");
      return plans.withInterval(interval);
    }
    require(
        !plans.isHalfPaced(),
        "give each plan of --plans an interval, or the rest one with --interval");
    return plans;
  }

  private double zipf() {
    require(options.data.zipf >= 0 && options.data.zipf <= 10, "--zipf takes 0 to 10");
    return options.data.uniform ? 0 : options.data.zipf;
  }

  private BenchSettings.Mix mix() {
    int reads = within("--reads", options.mix.reads, 0, 100);
    int scans = within("--scans", options.mix.scans, 0, 100);
    require(scans <= reads, "--scans are part of the --reads");
    return new BenchSettings.Mix(
        reads, scans, within("--scan-limit", options.mix.scanLimit, 1, 1_000));
  }

  private Pace pace(PlanMix plans) {
    if (options.load.rate == null) {
      return plans.isPaced() ? Pace.USERS : Pace.CLOSED;
    }
    require(!plans.isPaced(), "--rate and call intervals exclude each other");
    require(options.load.users == null, "--rate and --users exclude each other");
    return Pace.RATE;
  }

  private BenchSettings.Load load(Pace pace, BenchSettings.Data data, boolean http) {
    BenchOptions.Load given = options.load;
    Ramp ramp = ramp(pace, data, http);
    require(
        ramp.highest() > 0 && (pace == Pace.RATE || ramp.highest() <= MOST),
        "--users and --rate are more than 0, and users at most " + MOST);
    int users = (int) ramp.highest();
    int connections = pace == Pace.RATE ? connections() : Math.min(users, connections(pace, users));
    require(!http || given.depth == null || given.depth == 1, "--http has one call under way");
    int depth = http ? HttpLink.DEPTH : depth(pace, users, connections);
    require(
        pace != Pace.CLOSED || users <= (long) connections * depth,
        "%d users need more --connections or --depth".formatted(users));
    int threads = within("--threads", given.threads, 1, connections);
    return new BenchSettings.Load(pace, ramp, connections, depth, threads);
  }

  private Ramp ramp(Pace pace, BenchSettings.Data data, boolean http) {
    Ramp given = pace == Pace.RATE ? options.load.rate : options.load.users;
    if (given != null) {
      return given;
    }
    if (defaults.ramp() != null) {
      return Ramp.parse(defaults.ramp());
    }
    if (pace == Pace.USERS) {
      return Ramp.constant(data.tenants());
    }
    int depth = http ? HttpLink.DEPTH : or(options.load.depth, or(defaults.depth(), CLOSED_DEPTH));
    return Ramp.constant((double) connections() * depth);
  }

  private int connections() {
    return within("--connections", or(options.load.connections, CONNECTIONS), 1, 100_000);
  }

  private int connections(Pace pace, int users) {
    if (options.load.connections != null) {
      return connections();
    }
    if (pace == Pace.USERS) {
      return Math.min(users, MOST_USER_CONNECTIONS);
    }
    return options.target.http ? users : connections();
  }

  private int depth(Pace pace, int users, int connections) {
    Integer given = options.load.depth;
    if (given != null) {
      return within("--depth", given, 1, 4_096);
    }
    return pace == Pace.CLOSED ? Math.ceilDiv(users, connections) : OPEN_DEPTH;
  }

  private BenchSettings.Times times(Ramp ramp) {
    BenchOptions.Times given = options.times;
    boolean ramps = ramp.length() > 0;
    Duration duration = or(given.duration, ramps ? ramp.duration() : DURATION);
    require(!duration.isZero(), "--duration is longer than nothing");
    return new BenchSettings.Times(
        or(given.warmUp, ramps ? Duration.ZERO : WARM_UP), duration, given.timeout);
  }

  private static int within(String flag, int value, int least, int most) {
    require(value >= least && value <= most, flag + " takes " + least + " to " + most);
    return value;
  }

  private static <T> T or(@Nullable T given, T fallback) {
    return given == null ? fallback : given;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
