package io.atoll.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process without its shutdown hooks: they might write. */
final class ExitOnFatalFailure implements FatalFailure {
  private static final Logger LOG = LoggerFactory.getLogger(ExitOnFatalFailure.class);
  private static final int EXIT_CODE = 70;

  @Override
  public void happened(String what, Throwable cause) {
    LOG.error("{} The process ends now; check the disk, then start it again.", what, cause);
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
