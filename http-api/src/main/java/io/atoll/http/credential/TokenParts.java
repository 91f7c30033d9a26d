package io.atoll.http.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.http.json.JsonScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Web Signature in compact form, taken apart strictly: three parts of base64url, JSON
 * without duplicate members, and no header that would change how it is verified.
 */
@SuppressWarnings("ArrayRecordComponent") // Parsed once, handed to one verifier, never compared.
record TokenParts(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> REFUSED_HEADERS =
      Set.of("jku", "jwk", "x5u", "x5c", "x5t", "crit", "zip", "b64", "enc");

  static Optional<TokenParts> parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    try {
      ObjectNode header = object(token.substring(0, first));
      ObjectNode claims = object(token.substring(first + 1, second));
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(second + 1));
      byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
      return plain(header)
          ? Optional.of(new TokenParts(header, claims, signed, signature))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The header or claim as text; empty when it is absent or of another type. */
  static String text(ObjectNode object, String name) {
    JsonNode node = object.get(name);
    return node != null && node.isTextual() ? node.textValue() : "";
  }

  private static boolean plain(ObjectNode header) {
    String type = text(header, "typ");
    return REFUSED_HEADERS.stream().noneMatch(header::has)
        && (!header.has("typ") || type.equalsIgnoreCase("JWT") || type.equalsIgnoreCase("at+jwt"));
  }

  private static ObjectNode object(String part) throws IOException {
    byte[] text = Base64.getUrlDecoder().decode(part);
    if (JsonScanner.check(text, 0, text.length) != null
        || !(MAPPER.readTree(text) instanceof ObjectNode object)) {
      throw new IOException("not a JSON object");
    }
    return object;
  }
}
