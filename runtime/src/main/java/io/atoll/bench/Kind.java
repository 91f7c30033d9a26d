package io.atoll.bench;

import java.util.Locale;

/** What a call does. */
enum Kind {
  GET,
  SET,
  SCAN;

  /** As the protocol and the report name it. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
