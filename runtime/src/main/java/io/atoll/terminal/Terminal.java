package io.atoll.terminal;

import java.io.Console;
import java.util.Optional;

/** Where the output of this process goes. */
public final class Terminal {
  private Terminal() {}

  /** Whether a person reads it on a screen where lines can be written over. */
  public static boolean isLive() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
        && !"dumb".equals(System.getenv("TERM"));
  }
}
