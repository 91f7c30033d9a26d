package io.atoll.reload;

import io.atoll.reload.ConfigurationSource.Loaded;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that a node reads again while it runs. What is wrong changes nothing and is
 * logged; so are the names of keys that need a restart, once each. Used by one thread at a time.
 */
final class NodeFile {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFile.class);

  private final ConfigurationSource source;
  private final NodePlans plans;
  private final Set<String> toldToRestart = new HashSet<>();

  NodeFile(ConfigurationSource source, NodePlans plans) {
    this.source = source;
    this.plans = plans;
  }

  /** Reads it again if it has changed. */
  void look() {
    if (source.isChanged()) {
      readAgain();
    }
  }

  /** Reads it again, and puts in force what can be. */
  Loaded readAgain() {
    Loaded loaded = source.load();
    switch (loaded) {
      case Loaded.Right right -> {
        plans.configure(ConfiguredPlans.from(right.config()));
        LOG.info("the configuration was read again");
        tellToRestart(right.needRestart());
      }
      case Loaded.Wrong wrong -> LOG.error("the configuration stays as it was: {}", wrong.reason());
    }
    return loaded;
  }

  private void tellToRestart(List<String> keys) {
    List<String> untold = keys.stream().filter(toldToRestart::add).toList();
    if (!untold.isEmpty()) {
      LOG.warn("changed, but in force only after a restart: {}", String.join(", ", untold));
    }
    toldToRestart.retainAll(Set.copyOf(keys));
  }
}
