package io.atoll.http.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query: each is known to the route, is there once, and has a value
 * of its kind.
 */
final class Query {
  private static final long MAX_INTEGER = 999_999_999_999_999_999L;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the query of a target; any name that is not allowed is refused. */
  static Query of(String target, Set<String> allowed) {
    int mark = target.indexOf('?');
    if (mark < 0 || mark + 1 == target.length()) {
      return new Query(Map.of());
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : target.substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!allowed.contains(name)) {
        throw RefusedException.invalid("unknown query parameter " + Shown.text(name));
      }
      if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
        throw RefusedException.invalid(name + " is there twice");
      }
    }
    return new Query(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Nullable String textOrNull(String name) {
    return values.get(name);
  }

  long integer(String name, long least, long most, long absent) {
    String text = values.get(name);
    if (text == null) {
      return absent;
    }
    long value = digits(text);
    if (value < least || value > most) {
      throw RefusedException.invalid(name + " must be an integer from " + least + " to " + most);
    }
    return value;
  }

  boolean flag(String name, boolean absent) {
    String text = values.get(name);
    if (text == null) {
      return absent;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw RefusedException.invalid(name + " must be true or false");
    };
  }

  /** The number that the digits say, -1 for anything but up to 18 digits. */
  static long digits(String text) {
    if (text.isEmpty() || text.length() > Long.toString(MAX_INTEGER).length()) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static String decode(String raw) {
    return PercentText.decode(raw.replace('+', ' '))
        .orElseThrow(() -> RefusedException.invalid("the query is not percent-encoded UTF-8"));
  }
}
