package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.plan.Tier;
import io.atoll.quota.Denial;
import io.atoll.quota.RateStatus;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantReply.Accepted;
import io.atoll.tenant.TenantReply.ActionRead;
import io.atoll.tenant.TenantReply.Described;
import io.atoll.tenant.TenantReply.KeyMade;
import io.atoll.tenant.TenantReply.KeyVerified;
import io.atoll.tenant.TenantReply.KeysListed;
import io.atoll.tenant.TenantReply.RateRead;
import io.atoll.tenant.TenantReply.Refused;
import io.atoll.tenant.TenantReply.SessionOpened;
import io.atoll.tenant.TenantReply.StatsRead;
import io.atoll.tenant.TenantReply.UsageRead;
import io.atoll.usage.Period;
import java.util.LinkedHashMap;
import java.util.Map;

/** What tenants answer, on its way between nodes. */
final class ReplyCodec {
  private static final String DESCRIBED = "described";
  private static final String ACCEPTED = "accepted";
  private static final String REFUSED = "refused";
  private static final String KEY_MADE = "key-made";
  private static final String KEYS_LISTED = "keys";
  private static final String KEY_VERIFIED = "verified";
  private static final String SESSION_OPENED = "opened";
  private static final String USAGE_READ = "usage";
  private static final String STATS_READ = "stats";
  private static final String RATE_READ = "rate";
  private static final String ACTION_READ = "action";

  private ReplyCodec() {}

  static String manifest(TenantReply reply) {
    return switch (reply) {
      case Described _ -> DESCRIBED;
      case Accepted _ -> ACCEPTED;
      case Refused _ -> REFUSED;
      case KeyMade _ -> KEY_MADE;
      case KeysListed _ -> KEYS_LISTED;
      case KeyVerified _ -> KEY_VERIFIED;
      case SessionOpened _ -> SESSION_OPENED;
      case UsageRead _ -> USAGE_READ;
      case StatsRead _ -> STATS_READ;
      case RateRead _ -> RATE_READ;
      case ActionRead _ -> ACTION_READ;
    };
  }

  static ObjectNode write(TenantReply reply) {
    return switch (reply) {
      case Described described -> TenantViewCodec.write(described.tenant());
      case Accepted() -> Wire.object();
      case Refused refused -> write(refused.refusal());
      case KeyMade made -> KeyCodec.write(made.key()).put("text", made.text());
      case KeysListed listed -> write(listed);
      case KeyVerified verified ->
          KeyCodec.with(Wire.object(), verified.scopes())
              .put("key", verified.keyId())
              .put("expiresAt", verified.expiresAt());
      case SessionOpened opened ->
          Wire.object().put("session", opened.sessionId()).put("tier", opened.tier().name());
      case UsageRead read -> write(read);
      case StatsRead read -> write(read);
      case RateRead read -> write(read.rate());
      case ActionRead read -> KeyCodec.write(read.status());
    };
  }

  static TenantReply reply(JsonNode node, String manifest) {
    return switch (manifest) {
      case DESCRIBED -> new Described(TenantViewCodec.view(node));
      case ACCEPTED -> new Accepted();
      case REFUSED -> new Refused(refusal(node));
      case KEY_MADE -> new KeyMade(KeyCodec.view(node), Wire.text(node, "text"));
      case KEYS_LISTED -> new KeysListed(Wire.list(node, "keys", KeyCodec::view));
      case KEY_VERIFIED ->
          new KeyVerified(
              Wire.text(node, "key"), KeyCodec.scopes(node), Wire.number(node, "expiresAt"));
      case SESSION_OPENED ->
          new SessionOpened(Wire.text(node, "session"), Wire.known(node, "tier", Tier::byName));
      case USAGE_READ -> usage(node);
      case STATS_READ -> stats(node);
      case RATE_READ -> new RateRead(rate(node));
      case ACTION_READ -> new ActionRead(KeyCodec.status(node));
      default -> throw Wire.unknown("reply", manifest);
    };
  }

  private static ObjectNode write(KeysListed listed) {
    ObjectNode node = Wire.object();
    Wire.list(node, "keys", listed.keys(), KeyCodec::write);
    return node;
  }

  private static ObjectNode write(UsageRead read) {
    ObjectNode node =
        Wire.object().put("tenant", read.tenantId()).put("period", read.period().apiName());
    Wire.list(node, "buckets", read.buckets(), LedgerCodec::write);
    return node;
  }

  private static UsageRead usage(JsonNode node) {
    return new UsageRead(
        Wire.text(node, "tenant"),
        Wire.known(node, "period", Period::byName),
        Wire.list(node, "buckets", LedgerCodec::bucket));
  }

  private static ObjectNode write(StatsRead read) {
    ObjectNode node = Wire.object().put("tenant", read.tenantId());
    node.set("quotas", SpecCodec.write(read.quotas()));
    figures(node, "usage", read.usage());
    figures(node, "utilization", read.utilization());
    return node;
  }

  private static StatsRead stats(JsonNode node) {
    return new StatsRead(
        Wire.text(node, "tenant"),
        figures(node, "usage"),
        SpecCodec.quotas(Wire.field(node, "quotas")),
        figures(node, "utilization"));
  }

  /** Figures keep their order, which is that of the quotas. */
  private static void figures(ObjectNode node, String name, Map<String, Double> figures) {
    ObjectNode object = node.putObject(name);
    figures.forEach(object::put);
  }

  private static Map<String, Double> figures(JsonNode node, String name) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Wire.field(node, name)
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), figure.getValue().doubleValue()));
    return figures;
  }

  private static ObjectNode write(RateStatus rate) {
    return Wire.object()
        .put("limit", rate.limit())
        .put("burst", rate.burst())
        .put("remaining", rate.remaining())
        .put("resetMs", rate.resetMs());
  }

  private static RateStatus rate(JsonNode node) {
    return new RateStatus(
        Wire.number(node, "limit"),
        Wire.number(node, "burst"),
        Wire.number(node, "remaining"),
        Wire.number(node, "resetMs"));
  }

  private static ObjectNode write(Refusal refusal) {
    ObjectNode node =
        Wire.object().put("code", refusal.code().name()).put("detail", refusal.detail());
    Denial denial = refusal.denial();
    if (denial != null) {
      node.putObject("denial")
          .put("quota", denial.quota())
          .put("current", denial.current())
          .put("limit", denial.limit())
          .put("retryAfterMs", denial.retryAfterMs())
          .put("cap", denial.cap());
    }
    return node;
  }

  /** A code that only newer nodes know is a fault to this one. */
  private static Refusal refusal(JsonNode node) {
    JsonNode denial = node.get("denial");
    return new Refusal(
        ErrorCode.byName(Wire.text(node, "code")).orElse(ErrorCode.INTERNAL),
        Wire.text(node, "detail"),
        denial == null ? null : denial(denial));
  }

  private static Denial denial(JsonNode node) {
    return new Denial(
        Wire.text(node, "quota"),
        Wire.number(node, "current"),
        Wire.number(node, "limit"),
        Wire.number(node, "retryAfterMs"),
        Wire.flag(node, "cap"));
  }
}
