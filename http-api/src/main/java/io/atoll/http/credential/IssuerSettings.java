package io.atoll.http.credential;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One issuer of JSON Web Tokens: its exact name, the audience that tokens must name, the algorithms
 * that are taken, where its keys are, and how long a token may live at most.
 */
public record IssuerSettings(
    String issuer,
    String audience,
    Set<String> algorithms,
    @Nullable URI keySetUrl,
    @Nullable Path keySetFile,
    @Nullable String secret,
    Duration maxLifetime) {
  private static final Set<String> KNOWN = Set.of("HS256", "RS256", "ES256", "EdDSA");
  private static final int LEAST_SECRET = 32;

  public IssuerSettings {
    algorithms = Set.copyOf(algorithms);
    require(KNOWN.containsAll(algorithms) && !algorithms.isEmpty(), "algorithms", KNOWN.toString());
    boolean shared = algorithms.contains("HS256");
    require(!shared || algorithms.size() == 1, "algorithms", "HS256 alone, or others without it");
    require(shared == (secret != null), "secret", "set for HS256 and only for it");
    require(secret == null || secret.length() >= LEAST_SECRET, "secret", "at least 32 characters");
    int sources = (keySetUrl == null ? 0 : 1) + (keySetFile == null ? 0 : 1);
    require(sources == (shared ? 0 : 1), "jwks-url", "set, or jwks-file, unless HS256 is used");
  }

  static IssuerSettings from(Config config) {
    return new IssuerSettings(
        config.getString("issuer"),
        config.getString("audience"),
        Set.copyOf(config.getStringList("algorithms")),
        optional(config, "jwks-url", URI::create),
        optional(config, "jwks-file", Path::of),
        optional(config, "secret", Function.identity()),
        config.hasPath("max-lifetime") ? config.getDuration("max-lifetime") : Duration.ofDays(1));
  }

  private static <T> @Nullable T optional(Config config, String path, Function<String, T> reader) {
    return config.hasPath(path) ? reader.apply(config.getString(path)) : null;
  }

  private static void require(boolean holds, String path, String rule) {
    if (!holds) {
      throw new ConfigException.BadValue("atoll.http.credentials.issuers." + path, rule);
    }
  }

  @Override
  public String toString() {
    return "IssuerSettings[" + issuer + "]";
  }
}
