package io.atoll.upgrade;

/** How {@code atoll upgrade} ends. */
final class ExitCodes {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;
  static final int NOT_WHOLE = 3;
  static final int NOT_BACK = 4;

  private ExitCodes() {}
}
