package io.atoll.cli;

import io.atoll.node.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code atoll --version} prints. */
final class VersionLine implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"atoll " + Version.current()};
  }
}
