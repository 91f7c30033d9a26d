package io.atoll.map;

import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Changes;
import io.atoll.map.WatchReply.Ended;
import io.atoll.map.WatchReply.Kind;
import io.atoll.map.WatchReply.Reason;
import io.atoll.map.WatchReply.Started;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** What subscribers of watches are told, on its way between nodes. */
final class WatchReplyCodec {
  private static final int REFUSED = 1;
  private static final int SLOW_CONSUMER = 2;
  private static final int STOPPED = 3;

  private static final int SET = 1;
  private static final int DELETE = 2;
  private static final int EXPIRE = 3;
  private static final int CLEAR = 4;
  private static final int RESET = 5;

  private static final int CODES = 0x0F;
  private static final int REFUSAL = 0x10;
  private static final int KEY = 0x10;
  private static final int VALUE = 0x20;

  private final ActorRefResolver references;

  WatchReplyCodec(ActorRefResolver references) {
    this.references = references;
  }

  byte[] encode(Started reply) {
    return MessageVersion.begin(128)
        .shortNumber(reply.watchId())
        .shortNumber(reply.seq())
        .text(references.toSerializationFormat(reply.feed()))
        .toBytes();
  }

  Started started(byte[] bytes) {
    Input input = MessageVersion.open(bytes);
    return new Started(
        input.shortNumber(), input.shortNumber(), references.resolveActorRef(input.text()));
  }

  byte[] encode(Changes reply) {
    long size = 24;
    for (Change change : reply.changes()) {
      size += change.size();
    }
    Output output =
        MessageVersion.begin((int) Math.min(1 << 24, size))
            .shortNumber(reply.watchId())
            .shortCount(reply.changes().size());
    for (Change change : reply.changes()) {
      write(change, output);
    }
    return output.toBytes();
  }

  Changes changes(byte[] bytes) {
    Input input = MessageVersion.open(bytes);
    long watchId = input.shortNumber();
    int count = input.shortCount();
    List<Change> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(change(input));
    }
    return new Changes(watchId, changes);
  }

  private static void write(Change change, Output output) {
    Key key = change.key();
    byte[] value = change.value();
    int head = code(change.kind()) | (key == null ? 0 : KEY) | (value == null ? 0 : VALUE);
    output.code((byte) head).shortNumber(change.seq()).shortNumber(change.version());
    if (key != null) {
      output.shortBlock(key.bytes());
    }
    if (value != null) {
      output.shortBlock(value);
    }
  }

  private static Change change(Input input) {
    int head = input.code();
    Kind kind = kind(head & CODES);
    long seq = input.shortNumber();
    long version = input.shortNumber();
    Key key = (head & KEY) == 0 ? null : Key.of(input.shortBlock());
    byte[] value = (head & VALUE) == 0 ? null : input.shortBlock();
    return new Change(seq, kind, key, value, version);
  }

  byte[] encode(Ended reply) {
    int head = code(reply.reason()) | (reply.refusal() == null ? 0 : REFUSAL);
    Output output = MessageVersion.begin(96).code((byte) head).shortNumber(reply.watchId());
    if (reply.refusal() != null) {
      RefusalCodec.write(reply.refusal(), output);
    }
    return output.toBytes();
  }

  Ended ended(byte[] bytes) {
    Input input = MessageVersion.open(bytes);
    int head = input.code();
    return new Ended(
        input.shortNumber(),
        reason(head & CODES),
        (head & REFUSAL) == 0 ? null : RefusalCodec.refusal(input));
  }

  private static int code(Reason reason) {
    return switch (reason) {
      case REFUSED -> REFUSED;
      case SLOW_CONSUMER -> SLOW_CONSUMER;
      case STOPPED -> STOPPED;
    };
  }

  private static Reason reason(int code) {
    return switch (code) {
      case REFUSED -> Reason.REFUSED;
      case SLOW_CONSUMER -> Reason.SLOW_CONSUMER;
      case STOPPED -> Reason.STOPPED;
      default -> throw new IllegalArgumentException("unknown reason: " + code);
    };
  }

  private static int code(Kind kind) {
    return switch (kind) {
      case SET -> SET;
      case DELETE -> DELETE;
      case EXPIRE -> EXPIRE;
      case CLEAR -> CLEAR;
      case RESET -> RESET;
    };
  }

  private static Kind kind(int code) {
    return switch (code) {
      case SET -> Kind.SET;
      case DELETE -> Kind.DELETE;
      case EXPIRE -> Kind.EXPIRE;
      case CLEAR -> Kind.CLEAR;
      case RESET -> Kind.RESET;
      default -> throw new IllegalArgumentException("unknown kind of change: " + code);
    };
  }
}
