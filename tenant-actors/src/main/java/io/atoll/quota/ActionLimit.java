package io.atoll.quota;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How often a named action may happen within any window of {@code windowMs} milliseconds (1 to 366
 * days). The limit is -1 for unlimited, 0 for never.
 */
public record ActionLimit(long limit, long windowMs) {
  /** The longest window. */
  public static final long MAX_WINDOW_MS = Duration.ofDays(366).toMillis();

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  public ActionLimit {
    Quota.checkLimit("limit", limit);
    if (!isWindow(windowMs)) {
      throw new IllegalArgumentException("windowMs must be 1 to " + MAX_WINDOW_MS);
    }
  }

  /** Whether a window can have this length. */
  public static boolean isWindow(long windowMs) {
    return windowMs >= 1 && windowMs <= MAX_WINDOW_MS;
  }

  /** Whether an action can have this name: 1 to 64 of {@code A-Z a-z 0-9 _ . -}. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static void checkName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of an action");
    }
  }
}
