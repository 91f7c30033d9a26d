package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Trees of named fields as CBOR: what is stored has names of its own, not those of classes. */
final class Wire {
  private static final ObjectMapper MAPPER = new CBORMapper();

  private Wire() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The field, which must be there. */
  static JsonNode field(JsonNode node, String name) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw new IllegalArgumentException("field " + name + " is missing");
    }
    return field;
  }

  static long number(JsonNode node, String name) {
    return field(node, name).longValue();
  }

  static String text(JsonNode node, String name) {
    return field(node, name).textValue();
  }

  /** The text of a field that may be missing. */
  static @Nullable String textOrNull(JsonNode node, String name) {
    JsonNode field = node.get(name);
    return field == null || field.isNull() ? null : field.textValue();
  }

  /** The number of a field that may be missing. */
  static long numberOr(JsonNode node, String name, long otherwise) {
    return node.path(name).asLong(otherwise);
  }

  /** The flag of a field; false if it is missing. */
  static boolean flag(JsonNode node, String name) {
    return node.path(name).booleanValue();
  }

  /** The one of a fixed set that the field names. */
  static <T> T known(JsonNode node, String name, Function<String, Optional<T>> byName) {
    String value = text(node, name);
    return byName.apply(value).orElseThrow(() -> unknown(name, value));
  }

  /** What to throw at a name that this version does not know. */
  static IllegalArgumentException unknown(String what, String name) {
    return new IllegalArgumentException(
        "unknown " + what + " " + name + ": was it written by a newer version of Atoll?");
  }

  static byte[] binary(JsonNode node, String name) {
    try {
      return field(node, name).binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> void list(
      ObjectNode node, String name, Collection<T> items, Function<T, JsonNode> write) {
    ArrayNode array = node.putArray(name);
    items.forEach(item -> array.add(write.apply(item)));
  }

  static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    field(node, name).forEach(item -> items.add(read.apply(item)));
    return items;
  }

  static <T> void map(
      ObjectNode node, String name, Map<String, T> entries, Function<T, JsonNode> write) {
    ObjectNode object = node.putObject(name);
    new TreeMap<>(entries).forEach((key, value) -> object.set(key, write.apply(value)));
  }

  static <T> Map<String, T> map(JsonNode node, String name, Function<JsonNode, T> read) {
    Map<String, T> entries = new TreeMap<>();
    field(node, name)
        .properties()
        .forEach(entry -> entries.put(entry.getKey(), read.apply(entry.getValue())));
    return entries;
  }
}
