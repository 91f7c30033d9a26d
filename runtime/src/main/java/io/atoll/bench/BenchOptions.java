package io.atoll.bench;

import io.atoll.terminal.Span;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags of {@code atoll bench} as they were given; {@link Resolver} makes settings of them. */
final class BenchOptions {
  @ArgGroup(validate = false, heading = "%nWhom to call%n")
  Target target = new Target();

  @ArgGroup(validate = false, heading = "%nWhat there is to call%n")
  Data data = new Data();

  @ArgGroup(validate = false, heading = "%nWhat is called%n")
  Mix mix = new Mix();

  @ArgGroup(validate = false, heading = "%nHow much%n")
  Load load = new Load();

  @ArgGroup(validate = false, heading = "%nHow long%n")
  Times times = new Times();

  static final class Target {
    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "The node to call; http://127.0.0.1:8080 by default.")
    URI url = URI.create("http://127.0.0.1:8080");

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = {
          "The admin key (by default ATOLL_ADMIN_KEY): the run makes tenants and removes them.",
          "Or a tenant's API key: the run calls that tenant alone and writes into its maps m0, m1,"
              + " …"
        })
    @Nullable String key;

    @Option(
        names = "--http",
        description = "HTTP/1.1, one operation a request, instead of WebSocket.")
    boolean http;
  }

  static final class Data {
    @Option(names = "--tenants", paramLabel = "N", description = "Tenants; 100 by default.")
    @Nullable Integer tenants;

    @Option(
        names = "--plans",
        paramLabel = "MIX",
        converter = PlansConverter.class,
        description = {
          "Plan of the tenants, enterprise by default, or a mix: enterprise=10,pro=20,free=70.",
          "With intervals (free=70@2s) each user calls once an interval."
        })
    @Nullable PlanMix plans;

    @Option(
        names = "--prefix",
        paramLabel = "ID",
        description = "Tenants are named ID-0000, ID-0001, …; bench by default.")
    String prefix = "bench";

    @Option(
        names = "--keep",
        description = "Keep the tenants that were made. Those that were there are always kept.")
    boolean keep;

    @Option(names = "--maps", paramLabel = "N", description = "Maps of a tenant; 10 by default.")
    @Nullable Integer maps;

    @Option(names = "--keys", paramLabel = "N", description = "Keys of a map; 100 by default.")
    @Nullable Integer keys;

    @Option(
        names = "--value-bytes",
        paramLabel = "N",
        description = "Size of a value; 256 by default.")
    int valueBytes = 256;

    @Option(
        names = "--zipf",
        paramLabel = "EXPONENT",
        description = "Popularity of the tenants: 0.99 by default, 0 for all alike.")
    double zipf = 0.99;

    @Option(names = "--uniform", description = "The same as --zipf 0.")
    boolean uniform;

    @Option(names = "--no-preload", description = "Do not write all keys before.")
    boolean noPreload;
  }

  static final class Mix {
    @Option(
        names = "--reads",
        paramLabel = "PERCENT",
        description = "Reads among all operations; 50 by default.")
    int reads = 50;

    @Option(
        names = "--scans",
        paramLabel = "PERCENT",
        description = "Scans among all operations, as part of the reads; 0 by default.")
    int scans;

    @Option(
        names = "--scan-limit",
        paramLabel = "N",
        description = "Entries of a scan; 100 by default.")
    int scanLimit = 100;
  }

  static final class Load {
    @Option(
        names = "--preset",
        paramLabel = "NAME",
        converter = PresetConverter.class,
        description = "tiers or many (see below); other flags win over it.")
    @Nullable Preset preset;

    @Option(
        names = "--connections",
        paramLabel = "N",
        description = "Connections; 64 by default, or one a user.")
    @Nullable Integer connections;

    @Option(
        names = "--depth",
        paramLabel = "N",
        description = "Calls under way on a connection: 8 by default, at most 256 with a rate.")
    @Nullable Integer depth;

    @Option(
        names = {"--users", "--ramp"},
        paramLabel = "LEVEL",
        converter = RampConverter.class,
        description = {
          "Users, each with one call under way; or each with one call an interval.",
          "A number, or a ramp: 10s:10,30s:50 goes to 10 within 10 s, then to 50 within 30 s."
        })
    @Nullable Ramp users;

    @Option(
        names = "--interval",
        paramLabel = "TIME",
        converter = SpanConverter.class,
        description = "The time from one call of a user to the next, where --plans has none.")
    @Nullable Duration interval;

    @Option(
        names = "--rate",
        paramLabel = "LEVEL",
        converter = RampConverter.class,
        description = "Operations a second, answered or not: a number or a ramp.")
    @Nullable Ramp rate;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description =
            "Threads of the generator; 1 by default, enough for 100,000 operations a second.")
    int threads = 1;
  }

  static final class Times {
    @Option(
        names = "--duration",
        paramLabel = "TIME",
        converter = SpanConverter.class,
        description = "Time that is measured; 10s by default, or the ramp's.")
    @Nullable Duration duration;

    @Option(
        names = "--warm-up",
        paramLabel = "TIME",
        converter = SpanConverter.class,
        description = "Time before that; 2s by default, 0s before a ramp.")
    @Nullable Duration warmUp;

    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        converter = SpanConverter.class,
        description = "How long the last answers are waited for; 10s by default.")
    Duration timeout = Duration.ofSeconds(10);
  }

  static final class SpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return converted(text, Span::parse);
    }
  }

  static final class RampConverter implements ITypeConverter<Ramp> {
    @Override
    public Ramp convert(String text) {
      return converted(text, Ramp::parse);
    }
  }

  static final class PlansConverter implements ITypeConverter<PlanMix> {
    @Override
    public PlanMix convert(String text) {
      return converted(text, PlanMix::parse);
    }
  }

  static final class PresetConverter implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String text) {
      return converted(text, Preset::parse);
    }
  }

  private static <T> T converted(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
