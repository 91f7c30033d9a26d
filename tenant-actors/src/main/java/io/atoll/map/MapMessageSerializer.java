package io.atoll.map;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what maps answer into bytes for other nodes. Identifier and manifests never change, so that
 * nodes of different versions understand each other.
 */
public final class MapMessageSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_003;

  private static final String OUTCOMES = "out";
  private static final String REJECTED = "rej";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case OperateReply.Outcomes _ -> OUTCOMES;
      case OperateReply.Rejected _ -> REJECTED;
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return switch (object) {
      case OperateReply.Outcomes reply -> OperateReplyCodec.encode(reply);
      case OperateReply.Rejected reply -> OperateReplyCodec.encode(reply);
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case OUTCOMES -> OperateReplyCodec.outcomes(bytes);
      case REJECTED -> OperateReplyCodec.rejected(bytes);
      default -> throw unknown(manifest);
    };
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "cannot read or write " + what + ": was it sent by a newer version of Atoll?");
  }
}
