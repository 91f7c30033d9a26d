package io.atoll.devcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the Java that Cassandra 5.0 runs on. */
public final class Java17 {
  /** Where Linux distributions install Java. */
  public static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private static final String VARIABLE = "JAVA17_HOME";

  private Java17() {}

  /**
   * The program {@code java} of the home that the variable {@code JAVA17_HOME} names, or else of
   * the first one in the folder of installed ones; empty when none of them is a Java 17.
   */
  public static Optional<Path> find(Map<String, String> environment, Path installed) {
    return Stream.concat(named(environment.get(VARIABLE)), homes(installed))
        .filter(Java17::is17)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> named(@Nullable String home) {
    return Stream.ofNullable(home).map(Path::of);
  }

  private static Stream<Path> homes(Path installed) {
    try (Stream<Path> homes = Files.list(installed)) {
      return homes.sorted().toList().stream();
    } catch (IOException none) {
      return Stream.empty();
    }
  }

  private static boolean is17(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException noJava) {
      return false;
    }
  }
}
