package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Writes and reads migrations, all that is known of one: who is told of it asks for nothing else.
 */
final class MigrationCodec {
  private MigrationCodec() {}

  static ObjectNode write(Migration migration) {
    ObjectNode node =
        Wire.object()
            .put("id", migration.id())
            .put("tenant", migration.tenantId())
            .put("to", migration.to().text())
            .put("status", name(migration.status()))
            .put("step", name(migration.step()))
            .put("pauseMs", migration.pauseMs())
            .put("startedAt", migration.startedAt())
            .put("completedAt", migration.completedAt());
    return node.put("from", migration.from()).put("error", migration.error());
  }

  static Migration migration(JsonNode node) {
    return new Migration(
        Wire.text(node, "id"),
        Wire.text(node, "tenant"),
        Wire.textOrNull(node, "from"),
        MoveTarget.parse(Wire.text(node, "to")),
        Migration.Status.valueOf(constant(node, "status")),
        Migration.Step.valueOf(constant(node, "step")),
        Wire.number(node, "pauseMs"),
        Wire.textOrNull(node, "error"),
        Wire.number(node, "startedAt"),
        Wire.number(node, "completedAt"));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String constant(JsonNode node, String field) {
    return Wire.text(node, field).toUpperCase(Locale.ROOT);
  }
}
