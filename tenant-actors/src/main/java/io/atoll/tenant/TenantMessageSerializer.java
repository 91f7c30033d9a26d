package io.atoll.tenant;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what tenants are asked and answer into bytes for other nodes. Identifier and manifests
 * never change, so that nodes of different versions understand each other.
 */
public final class TenantMessageSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_004;

  private static final String OPERATE = "op";

  private final OperateCodec operate;

  /** Made by Pekko, with the system whose actors the messages name. */
  public TenantMessageSerializer(ExtendedActorSystem system) {
    this.operate = new OperateCodec(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case TenantCommand.Operate _ -> OPERATE;
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return switch (object) {
      case TenantCommand.Operate request -> operate.encode(request);
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case OPERATE -> operate.decode(bytes);
      default -> throw unknown(manifest);
    };
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "cannot read or write " + what + ": was it sent by a newer version of Atoll?");
  }
}
