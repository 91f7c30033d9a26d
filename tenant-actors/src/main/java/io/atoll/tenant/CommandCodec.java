package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.map.Key;
import io.atoll.tenant.TenantCommand.Arrive;
import io.atoll.tenant.TenantCommand.CloseSession;
import io.atoll.tenant.TenantCommand.Depart;
import io.atoll.tenant.TenantCommand.Managed;
import io.atoll.tenant.TenantCommand.OpenSession;
import io.atoll.tenant.TenantCommand.Operate;
import io.atoll.tenant.TenantCommand.PlansChanged;
import io.atoll.tenant.TenantCommand.ReadRate;
import io.atoll.tenant.TenantCommand.ReadStats;
import io.atoll.tenant.TenantCommand.ReadUsage;
import io.atoll.tenant.TenantCommand.Replied;
import io.atoll.tenant.TenantCommand.SampleStats;
import io.atoll.tenant.TenantCommand.Stop;
import io.atoll.tenant.TenantCommand.VerifyKey;
import io.atoll.tenant.TenantCommand.Watch;
import io.atoll.usage.Period;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** Commands on their way between nodes. */
final class CommandCodec {
  private static final String OPERATE = "op";
  private static final String WATCH = "watch";
  private static final String OPEN_SESSION = "open";
  private static final String CLOSE_SESSION = "close";
  private static final String VERIFY_KEY = "verify";
  private static final String READ_USAGE = "read-usage";
  private static final String READ_STATS = "read-stats";
  private static final String SAMPLE_STATS = "sample-stats";
  private static final String READ_RATE = "read-rate";
  private static final String PLANS_CHANGED = "plans";
  private static final String ARRIVE = "arrive";
  private static final String DEPART = "depart";
  private static final String STOP = "stop";

  private final ActorRefResolver references;
  private final OperateCodec operations;

  CommandCodec(ActorRefResolver references) {
    this.references = references;
    this.operations = new OperateCodec(references);
  }

  static String manifest(TenantCommand.Public command) {
    return switch (command) {
      case Operate _ -> OPERATE;
      case Watch _ -> WATCH;
      case OpenSession _ -> OPEN_SESSION;
      case CloseSession _ -> CLOSE_SESSION;
      case VerifyKey _ -> VERIFY_KEY;
      case ReadUsage _ -> READ_USAGE;
      case ReadStats _ -> READ_STATS;
      case SampleStats _ -> SAMPLE_STATS;
      case ReadRate _ -> READ_RATE;
      case PlansChanged _ -> PLANS_CHANGED;
      case Arrive _ -> ARRIVE;
      case Depart _ -> DEPART;
      case Stop _ -> STOP;
      case Managed managed -> ManagedCodec.manifest(managed);
    };
  }

  byte[] encode(TenantCommand.Public command) {
    return switch (command) {
      case Operate operate -> operations.encode(operate);
      case Replied replied -> Wire.bytes(put(write(replied), "replyTo", replied.replyTo()));
      case Watch watch -> Wire.bytes(write(watch));
      case CloseSession close -> Wire.bytes(Wire.object().put("session", close.sessionId()));
      case PlansChanged _, Stop _ -> Wire.bytes(Wire.object());
    };
  }

  TenantCommand.Public decode(byte[] bytes, String manifest) {
    return manifest.equals(OPERATE)
        ? operations.decode(bytes)
        : command(Wire.tree(bytes), manifest);
  }

  private TenantCommand.Public command(JsonNode node, String manifest) {
    return switch (manifest) {
      case WATCH -> watch(node);
      case OPEN_SESSION -> openSession(node);
      case CLOSE_SESSION -> new CloseSession(Wire.text(node, "session"));
      case VERIFY_KEY ->
          new VerifyKey(Wire.text(node, "key"), Wire.binary(node, "secret"), replyTo(node));
      case READ_USAGE ->
          new ReadUsage(
              Wire.known(node, "period", Period::byName),
              Wire.number(node, "from"),
              Wire.number(node, "to"),
              replyTo(node));
      case READ_STATS -> new ReadStats(replyTo(node));
      case SAMPLE_STATS -> new SampleStats(replyTo(node));
      case READ_RATE -> new ReadRate(replyTo(node));
      case PLANS_CHANGED -> new PlansChanged();
      case ARRIVE -> new Arrive(replyTo(node));
      case DEPART -> new Depart(replyTo(node));
      case STOP -> new Stop();
      default -> ManagedCodec.command(node, manifest, replyTo(node));
    };
  }

  private ObjectNode write(Replied command) {
    return switch (command) {
      case OpenSession open -> write(open);
      case VerifyKey verify ->
          Wire.object().put("key", verify.keyId()).put("secret", verify.secret());
      case ReadUsage read ->
          Wire.object()
              .put("period", read.period().apiName())
              .put("from", read.from())
              .put("to", read.to());
      case ReadStats _, SampleStats _, ReadRate _, Arrive _, Depart _ -> Wire.object();
      case Managed managed -> ManagedCodec.write(managed);
    };
  }

  private ObjectNode write(Watch watch) {
    ObjectNode node =
        Wire.object()
            .put("watch", watch.watchId())
            .put("map", watch.map())
            .put("prefix", watch.prefix().bytes())
            .put("since", watch.since());
    node.set("caller", CallerCodec.write(watch.caller()));
    return put(node, "subscriber", watch.subscriber());
  }

  private Watch watch(JsonNode node) {
    return new Watch(
        CallerCodec.caller(Wire.field(node, "caller")),
        Wire.number(node, "watch"),
        Wire.text(node, "map"),
        Key.of(Wire.binary(node, "prefix")),
        Wire.numberOr(node, "since", -1),
        reference(node, "subscriber"));
  }

  private ObjectNode write(OpenSession open) {
    ObjectNode node =
        Wire.object()
            .put("session", open.sessionId())
            .put("counted", open.counted())
            .put("resumed", open.resumed());
    node.set("caller", CallerCodec.write(open.caller()));
    return put(node, "notices", open.session());
  }

  private OpenSession openSession(JsonNode node) {
    return new OpenSession(
        CallerCodec.caller(Wire.field(node, "caller")),
        Wire.text(node, "session"),
        Wire.flag(node, "counted"),
        Wire.flag(node, "resumed"),
        reference(node, "notices"),
        replyTo(node));
  }

  private ObjectNode put(ObjectNode node, String name, ActorRef<?> reference) {
    return node.put(name, references.toSerializationFormat(reference));
  }

  private ActorRef<TenantReply> replyTo(JsonNode node) {
    return reference(node, "replyTo");
  }

  private <T> ActorRef<T> reference(JsonNode node, String name) {
    return references.resolveActorRef(Wire.text(node, name));
  }
}
