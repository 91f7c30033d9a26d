package io.atoll.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.atoll.node.NodeStart;
import io.atoll.store.ClaimedFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one node until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Starts a node and serves until it is stopped.")
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--port", paramLabel = "PORT", description = "TCP port; 0 takes a free one.")
  private @Nullable Integer port;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on.")
  private @Nullable String host;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the node's data.")
  private @Nullable Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (HOCON).")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    ConfigurationLoader loader = new ConfigurationLoader();
    Map<String, String> flags = flags();
    Config config = loader.load(flags, System.getenv(), file);
    try {
      return serve(
          CheckedConfiguration.of(config),
          new RunningConfiguration(loader, flags, System.getenv(), file, config));
    } catch (ConfigException wrong) {
      throw new ConfigurationException(ConfigurationLoader.oneLine(wrong));
    }
  }

  private static int serve(CheckedConfiguration checked, RunningConfiguration running)
      throws Exception {
    ServeSettings settings = checked.serve();
    NodeStart node = NodeStart.from(checked.config());
    if (!node.isAlone() && settings.adminKey().isEmpty()) {
      throw new ConfigurationException(
          "the nodes of a cluster share one admin key: set atoll.admin-key on each of them");
    }
    Logging.start(settings.log());
    try (ClaimedFolder folder = ClaimedFolder.of(settings.data())) {
      AdminKey key = AdminKey.in(settings.data(), settings.adminKey(), new SecureRandom());
      return new ServingProcess().run(() -> node.run(folder, key.text(), running), () -> show(key));
    }
  }

  /** Only a node that is ready has a key that anybody needs. */
  private static void show(AdminKey key) {
    if (key.made()) {
      key.keep();
      System.out.println("atoll admin key (shown this once): " + key.text());
    }
  }

  private Map<String, String> flags() {
    var flags = new HashMap<String, String>();
    put(flags, "atoll.http.listener.port", port);
    put(flags, "atoll.http.listener.host", host);
    put(flags, "atoll.data-folder", data);
    return flags;
  }

  private static void put(Map<String, String> flags, String path, @Nullable Object value) {
    if (value != null) {
      flags.put(path, value.toString());
    }
  }
}
