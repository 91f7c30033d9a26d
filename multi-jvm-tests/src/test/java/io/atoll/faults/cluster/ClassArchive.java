package io.atoll.faults.cluster;

import io.atoll.node.NodeProcess.Program;
import java.nio.file.Path;
import java.util.List;

/**
 * The parsed classes of the present program, made once for all tests of a JVM, as {@code ./atoll}
 * has the first node make them. They spare each start of a node a third of its CPU time. An older
 * program starts without.
 */
final class ClassArchive {
  private static final Path FILE = Path.of("target", "node.jsa").toAbsolutePath();

  private static final String QUIET = "-Xlog:cds=off";
  private static final String QUIET_TOO = "-Xlog:aot=off";

  private static boolean made;

  private ClassArchive() {}

  /** Has this node, which must not run, start alone and stop, unless one has before. */
  static synchronized void make(ClusterNode node) {
    if (!made && isPresent(node.program())) {
      node.start(
          List.of(
              "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + FILE, QUIET, QUIET_TOO));
      node.awaitReady();
      node.terminate();
      made = true;
    }
  }

  /** The JVM options with which this program uses it, none before it is made. */
  static synchronized List<String> options(Program program) {
    return made && isPresent(program)
        ? List.of("-XX:SharedArchiveFile=" + FILE, QUIET, QUIET_TOO)
        : List.of();
  }

  /** Another one in front of it, such as a network of its own, changes no classes. */
  private static boolean isPresent(Program program) {
    return program.classPath().equals(Program.present().classPath());
  }
}
