package io.atoll.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.client.ApiClient;
import io.atoll.upgrade.Plan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a plan between two runs. A file that cannot be read or written fails with {@link
 * UpgradeException}.
 */
record StateFile(Path path) {
  /** The plan of a run before; empty when there is none. */
  Optional<Plan> load() {
    try {
      return Files.exists(path)
          ? Optional.of(plan(ApiClient.JSON.readTree(Files.readString(path))))
          : Optional.empty();
    } catch (IOException | DateTimeException wrong) {
      throw UpgradeException.wrongUse(
          "cannot read the state of an upgrade in "
              + path
              + "; remove the file to begin a new one: "
              + wrong.getMessage());
    }
  }

  private static Plan plan(JsonNode json) {
    List<Planned> nodes = new ArrayList<>();
    json.path("nodes")
        .forEach(node ->
            nodes.add(
                new Planned(
                    node.path("address").asText(),
                    Instant.parse(node.path("startedAt").asText()))));
    return new Plan(
        Instant.parse(json.path("begun").asText()),
        Optional.ofNullable(json.path("to").textValue()),
        nodes,
        Optional.ofNullable(json.path("current").textValue())
            .filter(
                current -> nodes.stream().anyMatch(planned -> planned.address().equals(current))));
  }

  /** Keeps the plan: the file is whole at any time. */
  void save(Plan plan) {
    ObjectNode json = ApiClient.JSON.createObjectNode();
    json.put("begun", plan.begun().toString());
    plan.to().ifPresent(to -> json.put("to", to));
    plan.current().ifPresent(current -> json.put("current", current));
    ArrayNode nodes = json.putArray("nodes");
    for (Planned planned : plan.nodes()) {
      nodes
          .addObject()
          .put("address", planned.address())
          .put("startedAt", planned.startedAt().toString());
    }
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.writeString(draft, json.toPrettyString() + "\n");
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw UpgradeException.failed(
          "cannot keep how far the upgrade is, so it does not go on: " + failed);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw UpgradeException.failed("the upgrade is done, but its state is left: " + failed);
    }
  }
}
