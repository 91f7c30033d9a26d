package io.atoll.tenant;

import io.atoll.map.Idempotency;
import io.atoll.map.Input;
import io.atoll.map.MessageVersion;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.OperationCodec;
import io.atoll.map.Output;
import io.atoll.map.PromiseCodec;
import io.atoll.tenant.TenantCommand.Operate;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** Requests with operations on their way between nodes. */
final class OperateCodec {
  private static final int ADMIN = 1;
  private static final int KEY = 2;
  private static final int TOKEN = 3;

  private static final int KINDS = 0x0F;
  private static final int KEY_ID = 0x10;
  private static final int PROMISED = 0x20;
  private static final int CONTINUED = 0x40;

  private final ActorRefResolver references;

  OperateCodec(ActorRefResolver references) {
    this.references = references;
  }

  byte[] encode(Operate request) {
    String keyId = request.caller().keyId();
    Idempotency promise = request.promise();
    int head =
        code(request.caller().kind())
            | (keyId == null ? 0 : KEY_ID)
            | (promise == null ? 0 : PROMISED)
            | (request.continued() ? CONTINUED : 0);
    Output output =
        MessageVersion.begin(192 + OperationCodec.size(request.operations())).code((byte) head);
    if (keyId != null) {
      output.text(keyId);
    }
    output
        .shortNumber(request.correlation())
        .text(references.toSerializationFormat(request.replyTo()));
    if (promise != null) {
      PromiseCodec.write(promise, output);
    }
    OperationCodec.write(request.operations(), output);
    return output.toBytes();
  }

  Operate decode(byte[] bytes) {
    Input input = MessageVersion.open(bytes);
    int head = input.code();
    String keyId = (head & KEY_ID) == 0 ? null : input.text();
    Caller caller = new Caller(kind(head & KINDS), keyId);
    long correlation = input.shortNumber();
    ActorRef<OperateReply> replyTo = references.resolveActorRef(input.text());
    Idempotency promise = (head & PROMISED) == 0 ? null : PromiseCodec.read(input);
    List<Operation> operations = OperationCodec.read(input);
    return new Operate(caller, correlation, operations, promise, (head & CONTINUED) != 0, replyTo);
  }

  private static int code(Caller.Kind kind) {
    return switch (kind) {
      case ADMIN -> ADMIN;
      case KEY -> KEY;
      case TOKEN -> TOKEN;
    };
  }

  private static Caller.Kind kind(int code) {
    return switch (code) {
      case ADMIN -> Caller.Kind.ADMIN;
      case KEY -> Caller.Kind.KEY;
      case TOKEN -> Caller.Kind.TOKEN;
      default -> throw new IllegalArgumentException("unknown kind of caller: " + code);
    };
  }
}
