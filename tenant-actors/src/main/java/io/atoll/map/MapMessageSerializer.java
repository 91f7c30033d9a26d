package io.atoll.map;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what maps answer and tell, and what watchers signal, into bytes for other nodes. Identifier
 * and manifests never change, so that nodes of different versions understand each other.
 */
public final class MapMessageSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_003;

  private static final String OUTCOMES = "out";
  private static final String REJECTED = "rej";
  private static final String STARTED = "started";
  private static final String CHANGES = "changes";
  private static final String ENDED = "ended";
  private static final String READY = "ready";
  private static final String STOP = "stop";

  private final WatchReplyCodec watches;

  /** Made by Pekko, with the system whose actors the messages name. */
  public MapMessageSerializer(ExtendedActorSystem system) {
    this.watches = new WatchReplyCodec(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case OperateReply.Outcomes _ -> OUTCOMES;
      case OperateReply.Rejected _ -> REJECTED;
      case WatchReply.Started _ -> STARTED;
      case WatchReply.Changes _ -> CHANGES;
      case WatchReply.Ended _ -> ENDED;
      case WatchSignal signal -> manifest(signal);
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return switch (object) {
      case OperateReply.Outcomes reply -> OperateReplyCodec.encode(reply);
      case OperateReply.Rejected reply -> OperateReplyCodec.encode(reply);
      case WatchReply.Started reply -> watches.encode(reply);
      case WatchReply.Changes reply -> watches.encode(reply);
      case WatchReply.Ended reply -> watches.encode(reply);
      case WatchSignal _ -> new byte[0];
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case OUTCOMES -> OperateReplyCodec.outcomes(bytes);
      case REJECTED -> OperateReplyCodec.rejected(bytes);
      case STARTED -> watches.started(bytes);
      case CHANGES -> watches.changes(bytes);
      case ENDED -> watches.ended(bytes);
      case READY -> WatchSignal.READY;
      case STOP -> WatchSignal.STOP;
      default -> throw unknown(manifest);
    };
  }

  private static String manifest(WatchSignal signal) {
    return switch (signal) {
      case READY -> READY;
      case STOP -> STOP;
    };
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "cannot read or write " + what + ": was it sent by a newer version of Atoll?");
  }
}
