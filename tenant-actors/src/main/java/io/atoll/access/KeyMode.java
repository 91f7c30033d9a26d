package io.atoll.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an API key is for production or for trying out. */
public enum KeyMode {
  LIVE,
  TEST;

  /** The name in the API and in the key: {@code live}, {@code test}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<KeyMode> byName(String name) {
    return Arrays.stream(values()).filter(mode -> mode.apiName().equals(name)).findFirst();
  }
}
