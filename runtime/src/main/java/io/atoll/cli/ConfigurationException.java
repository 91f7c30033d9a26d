package io.atoll.cli;

/** A flag, variable, key or file that is wrong; the message is one line that says what to do. */
final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    super(message);
  }
}
