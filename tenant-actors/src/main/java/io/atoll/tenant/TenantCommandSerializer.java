package io.atoll.tenant;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what tenants are asked into bytes for other nodes. Identifier and manifests never change,
 * so that nodes of different versions understand each other.
 */
public final class TenantCommandSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_004;

  /** A knock means something only on its own node; elsewhere it is one of a closed door. */
  private static final String KNOCK = "";

  private final CommandCodec commands;

  /** Made by Pekko, with the system whose actors the messages name. */
  public TenantCommandSerializer(ExtendedActorSystem system) {
    this.commands = new CommandCodec(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case TenantCommand.Public command -> CommandCodec.manifest(command);
      case TenantSignal.Knock _ -> KNOCK;
      default -> throw unknown(object);
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return switch (object) {
      case TenantCommand.Public command -> commands.encode(command);
      case TenantSignal.Knock _ -> new byte[0];
      default -> throw unknown(object);
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return manifest.equals(KNOCK)
        ? new TenantSignal.Knock(TenantDoor.closed())
        : commands.decode(bytes, manifest);
  }

  private static IllegalArgumentException unknown(Object object) {
    return new IllegalArgumentException("cannot be sent: " + object.getClass().getName());
  }
}
