package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The persistence ids of a tenant's streams: a kind and its parts, each percent-encoded, joined by
 * a bar. Other parts give another id, always. Ids hold no cell, tier or node.
 */
public final class PersistenceIds {
  private static final String SEPARATOR = "|";
  private static final String TENANT = "tenant";
  private static final String LEDGER = "ledger";
  private static final String MAP = "map";
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

  private PersistenceIds() {}

  /** The stream of the tenant itself, which outlives its incarnations: {@code tenant|acme}. */
  public static String tenant(String tenantId) {
    return new StreamId.OfTenant(tenantId).text();
  }

  /** The stream of metered minutes: {@code ledger|acme|1}. */
  public static String ledger(String tenantId, long incarnation) {
    return new StreamId.OfLedger(tenantId, incarnation).text();
  }

  /** The stream of one map: {@code map|acme|1|users}. */
  public static String map(String tenantId, long incarnation, String mapName) {
    return new StreamId.OfMap(tenantId, incarnation, mapName).text();
  }

  /** What the id names; empty for a text that no call here can have made. */
  public static Optional<StreamId> parse(String persistenceId) {
    try {
      List<String> parts = List.of(persistenceId.split("\\|", -1));
      return read(parts).filter(id -> id.text().equals(persistenceId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<StreamId> read(List<String> parts) {
    String shape = parts.getFirst() + parts.size();
    return Optional.ofNullable(
        switch (shape) {
          case TENANT + 2 -> new StreamId.OfTenant(decode(parts.get(1)));
          case LEDGER + 3 -> new StreamId.OfLedger(decode(parts.get(1)), number(parts.get(2)));
          case MAP + 4 ->
              new StreamId.OfMap(decode(parts.get(1)), number(parts.get(2)), decode(parts.get(3)));
          default -> null;
        });
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  private static String join(String kind, String tenantId, Object... rest) {
    StringBuilder id = new StringBuilder(kind).append(SEPARATOR).append(encode(tenantId));
    for (Object part : rest) {
      id.append(SEPARATOR).append(encode(part.toString()));
    }
    return id.toString();
  }

  private static String encode(String part) {
    StringBuilder encoded = new StringBuilder(part.length());
    ByteBuffer bytes = utf8(part);
    while (bytes.hasRemaining()) {
      byte octet = bytes.get();
      if (isPlain(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private static String decode(String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
    for (int at = 0; at < part.length(); at++) {
      if (part.charAt(at) == '%') {
        bytes.write(octet(part, at + 1));
        at += 2;
      } else {
        bytes.write(part.charAt(at));
      }
    }
    return bytes.toString(UTF_8);
  }

  private static int octet(String part, int at) {
    if (at + 2 > part.length()) {
      throw new IllegalArgumentException("cut off behind a percent sign");
    }
    return HexFormat.fromHexDigits(part, at, at + 2);
  }

  /** Half a surrogate pair has no bytes of its own: it would share an id with a question mark. */
  private static ByteBuffer utf8(String part) {
    try {
      return UTF_8.newEncoder().encode(CharBuffer.wrap(part));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair", e);
    }
  }

  private static boolean isPlain(byte octet) {
    return PLAIN.indexOf(octet) >= 0;
  }

  /** What a stream holds. */
  public sealed interface StreamId {
    String tenantId();

    /** The persistence id. */
    String text();

    /** A tenant's own events. */
    record OfTenant(String tenantId) implements StreamId {
      @Override
      public String text() {
        return join(TENANT, tenantId);
      }
    }

    /** The metered minutes of a tenant's incarnation. */
    record OfLedger(String tenantId, long incarnation) implements StreamId {
      @Override
      public String text() {
        return join(LEDGER, tenantId, incarnation);
      }
    }

    /** The changes of a map of a tenant's incarnation. */
    record OfMap(String tenantId, long incarnation, String mapName) implements StreamId {
      @Override
      public String text() {
        return join(MAP, tenantId, incarnation, mapName);
      }
    }
  }
}
