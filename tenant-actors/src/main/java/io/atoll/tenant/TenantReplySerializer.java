package io.atoll.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns what tenants answer, and what they tell their sessions, into bytes for other nodes.
 * Identifier and manifests never change, so that nodes of different versions understand each other.
 */
public final class TenantReplySerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_005;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case TenantReply reply -> ReplyCodec.manifest(reply);
      case SessionNotice notice -> NoticeCodec.manifest(notice);
      default -> throw unknown(object);
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return Wire.bytes(write(object));
  }

  private static ObjectNode write(Object object) {
    return switch (object) {
      case TenantReply reply -> ReplyCodec.write(reply);
      case SessionNotice notice -> NoticeCodec.write(notice);
      default -> throw unknown(object);
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return NoticeCodec.isNotice(manifest)
        ? NoticeCodec.notice(Wire.tree(bytes), manifest)
        : ReplyCodec.reply(Wire.tree(bytes), manifest);
  }

  private static IllegalArgumentException unknown(Object object) {
    return new IllegalArgumentException("cannot be sent: " + object.getClass().getName());
  }
}
