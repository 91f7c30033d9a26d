package io.atoll.tenant;

/** A tenant as bytes for the directory, which keeps them without looking into them. */
public final class TenantDocument {
  private TenantDocument() {}

  /** The tenant as bytes. */
  public static byte[] encode(TenantView view) {
    return TenantViewCodec.encode(view);
  }

  /** The tenant that was encoded. */
  public static TenantView decode(byte[] document) {
    return TenantViewCodec.decode(document);
  }
}
