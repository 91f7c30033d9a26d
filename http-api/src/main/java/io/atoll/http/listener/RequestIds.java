package io.atoll.http.listener;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Request ids: the client's own when it is safe to repeat, else a random one. */
final class RequestIds {
  private static final int LONGEST = 128;

  private RequestIds() {}

  static String choose(@Nullable String offered) {
    return offered != null && safe(offered) ? offered : random();
  }

  private static boolean safe(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!safe(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean safe(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
