package io.atoll.upgrade;

/** The upgrade cannot begin or go on; the message is one line that says why. */
final class UpgradeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private UpgradeException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  static UpgradeException wrongUse(String message) {
    return new UpgradeException(message, ExitCodes.WRONG_USE);
  }

  static UpgradeException failed(String message) {
    return new UpgradeException(message, ExitCodes.FAILED);
  }

  int exitCode() {
    return exitCode;
  }
}
