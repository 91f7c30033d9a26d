package io.atoll.reload;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;

/** What a running node reads its configuration from. Used by one thread at a time; may block. */
public interface ConfigurationSource {
  /** What came of reading it again. */
  sealed interface Loaded {
    /**
     * It is right as a whole.
     *
     * @param needRestart names of keys that have changed and hold only after a restart
     */
    record Right(Config config, List<String> needRestart) implements Loaded {
      public Right {
        needRestart = List.copyOf(needRestart);
      }
    }

    /** It is not; the reason is one line that names the file. */
    record Wrong(String reason) implements Loaded {}
  }

  /** Whether it is not what was read last, and stays so; to be asked again and again. */
  boolean isChanged();

  /** Reads it again; where all of it is right, what belongs to the process itself is in force. */
  Loaded load();

  /** A source that never changes, with this configuration. */
  static ConfigurationSource fixed(Config config) {
    Config resolved = config.withFallback(ConfigFactory.parseString("atoll.plans {}"));
    return new ConfigurationSource() {
      @Override
      public boolean isChanged() {
        return false;
      }

      @Override
      public Loaded load() {
        return new Loaded.Right(resolved, List.of());
      }
    };
  }
}
