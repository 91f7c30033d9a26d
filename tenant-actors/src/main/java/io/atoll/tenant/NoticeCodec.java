package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.tenant.SessionNotice.End;
import io.atoll.tenant.SessionNotice.QuotaNotice;
import io.atoll.tenant.SessionNotice.Reason;
import io.atoll.tenant.SessionNotice.Reopen;
import java.util.Set;

/** What sessions are told, on its way between nodes. */
final class NoticeCodec {
  private static final String QUOTA = "quota";
  private static final String END = "end";
  private static final String REOPEN = "reopen";
  private static final Set<String> MANIFESTS = Set.of(QUOTA, END, REOPEN);

  private NoticeCodec() {}

  static String manifest(SessionNotice notice) {
    return switch (notice) {
      case QuotaNotice _ -> QUOTA;
      case End _ -> END;
      case Reopen _ -> REOPEN;
    };
  }

  static boolean isNotice(String manifest) {
    return MANIFESTS.contains(manifest);
  }

  static ObjectNode write(SessionNotice notice) {
    ObjectNode node = Wire.object().put("tenant", notice.tenantId());
    return switch (notice) {
      case QuotaNotice quota ->
          node.put("quota", quota.quota()).put("utilization", quota.utilization());
      case End end -> node.put("reason", name(end.reason()));
      case Reopen _ -> node;
    };
  }

  static SessionNotice notice(JsonNode node, String manifest) {
    String tenantId = Wire.text(node, "tenant");
    return switch (manifest) {
      case QUOTA ->
          new QuotaNotice(
              tenantId, Wire.text(node, "quota"), Wire.field(node, "utilization").doubleValue());
      case END -> new End(tenantId, reason(Wire.text(node, "reason")));
      case REOPEN -> new Reopen(tenantId);
      default -> throw Wire.unknown("notice", manifest);
    };
  }

  private static String name(Reason reason) {
    return switch (reason) {
      case SUSPENDED -> "suspended";
      case DELETED -> "deleted";
      case KEY_REVOKED -> "key-revoked";
      case KEY_EXPIRED -> "key-expired";
    };
  }

  private static Reason reason(String name) {
    return switch (name) {
      case "suspended" -> Reason.SUSPENDED;
      case "deleted" -> Reason.DELETED;
      case "key-revoked" -> Reason.KEY_REVOKED;
      case "key-expired" -> Reason.KEY_EXPIRED;
      default -> throw Wire.unknown("reason", name);
    };
  }
}
