package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.ledger.LedgerEvent.MinutesMetered;
import io.atoll.ledger.LedgerState;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns the events and snapshots of tenants and their ledgers into CBOR. Identifier and manifests
 * are stored with every record and never change.
 */
public final class TenantSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 1_200_001;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case TenantEvent event -> TenantEventCodec.manifest(event);
      case TenantState state -> TenantStateCodec.MANIFEST;
      case MinutesMetered metered -> LedgerCodec.METERED;
      case LedgerState state -> LedgerCodec.STATE;
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return Wire.bytes(write(object));
  }

  private static ObjectNode write(Object object) {
    return switch (object) {
      case TenantEvent event -> TenantEventCodec.write(event);
      case TenantState state -> TenantStateCodec.write(state);
      case MinutesMetered metered -> LedgerCodec.write(metered);
      case LedgerState state -> LedgerCodec.write(state);
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    JsonNode node = Wire.tree(bytes);
    return switch (manifest) {
      case TenantStateCodec.MANIFEST -> TenantStateCodec.state(node);
      case LedgerCodec.METERED -> LedgerCodec.metered(node);
      case LedgerCodec.STATE -> LedgerCodec.state(node);
      default -> TenantEventCodec.event(node, manifest);
    };
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException("cannot be stored: " + what);
  }
}
