package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.access.KeyMode;
import io.atoll.tenant.TenantCommand.Create;
import io.atoll.tenant.TenantCommand.Describe;
import io.atoll.tenant.TenantCommand.EndMigration;
import io.atoll.tenant.TenantCommand.ListKeys;
import io.atoll.tenant.TenantCommand.MakeKey;
import io.atoll.tenant.TenantCommand.Managed;
import io.atoll.tenant.TenantCommand.Promise;
import io.atoll.tenant.TenantCommand.ReadAction;
import io.atoll.tenant.TenantCommand.Remove;
import io.atoll.tenant.TenantCommand.ResetAction;
import io.atoll.tenant.TenantCommand.RevokeKey;
import io.atoll.tenant.TenantCommand.Sweep;
import io.atoll.tenant.TenantCommand.Update;
import io.atoll.tenant.TenantCommand.UseAction;
import org.apache.pekko.actor.typed.ActorRef;

/** Commands about tenants themselves on their way between nodes, but for where to answer. */
final class ManagedCodec {
  private static final String CREATE = "create";
  private static final String PROMISE = "promise";
  private static final String DESCRIBE = "describe";
  private static final String UPDATE = "update";
  private static final String REMOVE = "remove";
  private static final String SWEEP = "sweep";
  private static final String MAKE_KEY = "make-key";
  private static final String LIST_KEYS = "list-keys";
  private static final String REVOKE_KEY = "revoke-key";
  private static final String READ_ACTION = "read-action";
  private static final String USE_ACTION = "use-action";
  private static final String RESET_ACTION = "reset-action";
  private static final String END_MIGRATION = "end-migration";

  private ManagedCodec() {}

  static String manifest(Managed command) {
    return switch (command) {
      case Create _ -> CREATE;
      case Promise _ -> PROMISE;
      case Describe _ -> DESCRIBE;
      case Update _ -> UPDATE;
      case Remove _ -> REMOVE;
      case Sweep _ -> SWEEP;
      case MakeKey _ -> MAKE_KEY;
      case ListKeys _ -> LIST_KEYS;
      case RevokeKey _ -> REVOKE_KEY;
      case ReadAction _ -> READ_ACTION;
      case UseAction _ -> USE_ACTION;
      case ResetAction _ -> RESET_ACTION;
      case EndMigration _ -> END_MIGRATION;
    };
  }

  static ObjectNode write(Managed command) {
    ObjectNode node = Wire.object();
    return switch (command) {
      case Create create -> {
        node.set("tenant", SpecCodec.write(create.spec()));
        yield CallerCodec.with(node, create.idempotency());
      }
      case Promise promise -> CallerCodec.with(node, promise.idempotency());
      case Update update -> {
        node.set("patch", PatchCodec.write(update.patch()));
        yield node.put("ifVersion", update.ifVersion());
      }
      case Remove remove ->
          CallerCodec.with(node.put("purge", remove.purge()), remove.idempotency());
      case MakeKey make -> write(make, node);
      case RevokeKey revoke -> node.put("key", revoke.keyId());
      case ReadAction read -> node.put("action", read.action());
      case UseAction use ->
          CallerCodec.with(
              node.put("action", use.action()).put("count", use.count()), use.idempotency());
      case ResetAction reset -> node.put("action", reset.action());
      case EndMigration end -> node.set("migration", MigrationCodec.write(end.migration()));
      case Describe _, Sweep _, ListKeys _ -> node;
    };
  }

  private static ObjectNode write(MakeKey make, ObjectNode node) {
    node.put("name", make.name())
        .put("mode", make.mode().apiName())
        .put("expiresAt", make.expiresAt());
    return CallerCodec.with(KeyCodec.with(node, make.scopes()), make.idempotency());
  }

  static Managed command(JsonNode node, String manifest, ActorRef<TenantReply> replyTo) {
    return switch (manifest) {
      case CREATE ->
          new Create(
              SpecCodec.spec(Wire.field(node, "tenant")), CallerCodec.promiseOrNull(node), replyTo);
      case PROMISE -> new Promise(CallerCodec.promise(node), replyTo);
      case DESCRIBE -> new Describe(replyTo);
      case UPDATE ->
          new Update(
              PatchCodec.patch(Wire.field(node, "patch")),
              Wire.numberOr(node, "ifVersion", -1),
              replyTo);
      case REMOVE -> new Remove(Wire.flag(node, "purge"), CallerCodec.promiseOrNull(node), replyTo);
      case SWEEP -> new Sweep(replyTo);
      case MAKE_KEY -> makeKey(node, replyTo);
      case LIST_KEYS -> new ListKeys(replyTo);
      case REVOKE_KEY -> new RevokeKey(Wire.text(node, "key"), replyTo);
      case READ_ACTION -> new ReadAction(Wire.text(node, "action"), replyTo);
      case USE_ACTION ->
          new UseAction(
              Wire.text(node, "action"),
              Wire.numberOr(node, "count", 1),
              CallerCodec.promiseOrNull(node),
              replyTo);
      case RESET_ACTION -> new ResetAction(Wire.text(node, "action"), replyTo);
      case END_MIGRATION ->
          new EndMigration(MigrationCodec.migration(Wire.field(node, "migration")), replyTo);
      default -> throw Wire.unknown("command", manifest);
    };
  }

  private static MakeKey makeKey(JsonNode node, ActorRef<TenantReply> replyTo) {
    return new MakeKey(
        Wire.text(node, "name"),
        KeyCodec.scopes(node),
        Wire.known(node, "mode", KeyMode::byName),
        Wire.numberOr(node, "expiresAt", -1),
        CallerCodec.promiseOrNull(node),
        replyTo);
  }
}
