package io.atoll.http.session;

import io.atoll.map.Idempotency;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.map.Promises;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Turns the members of a request into what it asks for, or into the first reason why not. Not
 * thread-safe.
 */
final class RequestBuilder {
  private final RequestFields fields;
  private byte[] frame = {};

  RequestBuilder(int maxValueBytes) {
    this.fields = new RequestFields(maxValueBytes);
  }

  /** Turns to another frame; the one before is let go. */
  void turnTo(byte[] next) {
    frame = next;
    fields.turnTo(next);
  }

  Request build(RequestMembers members) {
    fields.open(members);
    RequestId id = fields.id();
    Verb verb = verb(members);
    Request request = verb == null ? new Request.Ping(id) : build(id, verb);
    Refusal refusal = fields.refusal();
    return refusal == null ? request : new Request.Bad(id, refusal);
  }

  /** The verb of a request that has the fields of its verb and no others. */
  private @Nullable Verb verb(RequestMembers members) {
    String problem = members.problem();
    if (problem != null) {
      return refuse(problem);
    }
    if (!members.has(Field.OP)) {
      return refuse("op is missing");
    }
    Verb verb = named(members);
    if (verb == null) {
      return refuse("op is not one that this server knows");
    }
    Field misplaced = verb.misplaced(members.present());
    if (misplaced != null) {
      return refuse(misplaced.wireName() + " does not belong to " + verb.wireName());
    }
    Field missing = verb.missing(members.present());
    return missing == null ? verb : refuse(missing.wireName() + " is missing");
  }

  private @Nullable Verb named(RequestMembers members) {
    if (members.kind(Field.OP) == '"' && !members.escaped(Field.OP)) {
      return Verb.byName(frame, members.from(Field.OP) + 1, members.to(Field.OP) - 1);
    }
    byte[] name = members.string(Field.OP);
    return name == null ? null : Verb.byName(name, 0, name.length);
  }

  private Request build(RequestId id, Verb verb) {
    return switch (verb) {
      case GET -> data(id, new Operation.Get(fields.map(), fields.key()));
      case SET -> data(id, set());
      case DELETE -> data(id, delete());
      case SCAN -> data(id, scan());
      case WATCH ->
          new Request.Watch(id, fields.tenant(), fields.map(), fields.prefix(), fields.since());
      case UNWATCH -> new Request.Unwatch(id, fields.watch());
      case AUTH -> new Request.Auth(id, fields.token());
      case PING -> new Request.Ping(id);
    };
  }

  private Request data(RequestId id, Operation operation) {
    return new Request.Data(id, fields.tenant(), operation);
  }

  private Operation set() {
    String map = fields.map();
    Key key = fields.key();
    byte[] value = fields.value();
    long ifVersion = fields.ifVersion();
    long ttlMs = fields.ttlMs();
    String promise = fields.idempotencyKey();
    Idempotency idempotency =
        promise == null ? null : Promises.set(promise, map, key, value, ifVersion, ttlMs);
    return new Operation.Set(map, key, value, ifVersion, ttlMs, idempotency);
  }

  private Operation delete() {
    String map = fields.map();
    Key key = fields.key();
    long ifVersion = fields.ifVersion();
    String promise = fields.idempotencyKey();
    Idempotency idempotency =
        promise == null ? null : Promises.delete(promise, map, key, ifVersion);
    return new Operation.Delete(map, key, ifVersion, idempotency);
  }

  private Operation scan() {
    return new Operation.Scan(
        fields.map(), fields.prefix(), fields.after(), fields.limit(), fields.values());
  }

  private @Nullable Verb refuse(String detail) {
    fields.refuse(ErrorCode.INVALID_REQUEST, detail);
    return null;
  }
}
