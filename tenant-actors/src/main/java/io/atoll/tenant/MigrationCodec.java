package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes and reads migrations, all that is known of one: who is told of it asks for nothing else.
 */
final class MigrationCodec {
  private MigrationCodec() {}

  static ObjectNode write(Migration migration) {
    return Wire.object()
        .put("id", migration.id())
        .put("tenant", migration.tenantId())
        .put("from", migration.from())
        .put("to", migration.to().text())
        .put("status", migration.status().apiName())
        .put("step", migration.step().apiName())
        .put("pauseMs", migration.pauseMs())
        .put("error", migration.error())
        .put("startedAt", migration.startedAt())
        .put("completedAt", migration.completedAt());
  }

  static Migration migration(JsonNode node) {
    return new Migration(
        Wire.text(node, "id"),
        Wire.text(node, "tenant"),
        Wire.textOrNull(node, "from"),
        MoveTarget.parse(Wire.text(node, "to")),
        Wire.known(node, "status", Migration.Status::byName),
        Wire.known(node, "step", Migration.Step::byName),
        Wire.number(node, "pauseMs"),
        Wire.textOrNull(node, "error"),
        Wire.number(node, "startedAt"),
        Wire.number(node, "completedAt"));
  }
}
