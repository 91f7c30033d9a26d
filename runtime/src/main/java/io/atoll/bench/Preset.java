package io.atoll.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A named set of values for options that are not given. */
enum Preset {
  /** 100 users, a tenant each, of three plans, who call now and then and become more. */
  TIERS,
  /** A thousand tenants of which few are busy, and as much load as the target takes. */
  MANY;

  /** Values by option; null for those that follow from others. */
  record Defaults(
      int tenants,
      int maps,
      int keys,
      String plans,
      @Nullable String ramp,
      @Nullable Integer depth) {
    static final Defaults NO_PRESET = new Defaults(100, 10, 100, "enterprise", null, null);
  }

  Defaults defaults() {
    return switch (this) {
      case TIERS ->
          new Defaults(
              100,
              1,
              100,
              "enterprise=10@100ms,pro=20@500ms,free=70@2s",
              "0s:10,2m:50,2m:100",
              null);
      case MANY -> new Defaults(1_000, 10, 100, "enterprise", null, 32);
    };
  }

  /** Reads a preset's name; fails with {@link IllegalArgumentException}. */
  static Preset parse(String name) {
    for (Preset preset : values()) {
      if (preset.toString().equals(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is not a preset; take tiers or many");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
