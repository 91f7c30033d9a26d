package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.http.json.JsonProblem;
import io.atoll.http.json.JsonScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object of the API, each of its type; what is wrong is named. */
final class Fields {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  private final String path;
  private final ObjectNode object;

  private Fields(String path, ObjectNode object) {
    this.path = path;
    this.object = object;
  }

  /** Reads a body that is one object with no other fields than these. */
  static Fields of(byte[] body, Set<String> allowed) {
    JsonProblem problem = JsonScanner.check(body, 0, body.length);
    if (problem != null) {
      throw RefusedException.invalid("the body " + problem.text());
    }
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return new Fields("", object).only(allowed);
      }
      throw RefusedException.invalid("the body must be a JSON object");
    } catch (JsonProcessingException beyondLimits) {
      throw RefusedException.invalid("the body has a name, number or string that is too long");
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  /** These fields, none of which has another name. */
  Fields only(Set<String> allowed) {
    for (String name : names()) {
      if (!allowed.contains(name)) {
        throw RefusedException.invalid("unknown field " + Shown.text(path + name));
      }
    }
    return this;
  }

  List<String> names() {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** Whether the field is there and null. */
  boolean isNull(String name) {
    return object.has(name) && object.get(name).isNull();
  }

  /** The text, null when the field is not there. */
  @Nullable String text(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      throw wrong(name, "must be a string");
    }
    return node.textValue();
  }

  long integer(String name, long least, long most) {
    JsonNode node = object.get(name);
    if (node == null) {
      throw wrong(name, "is missing");
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < least
        || node.longValue() > most) {
      throw wrong(name, "must be an integer from " + least + " to " + most);
    }
    return node.longValue();
  }

  boolean flag(String name) {
    JsonNode node = object.get(name);
    if (node == null || !node.isBoolean()) {
      throw wrong(name, "must be true or false");
    }
    return node.booleanValue();
  }

  /** The object, null when the field is not there. */
  @Nullable Fields object(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ObjectNode inner)) {
      throw wrong(name, "must be an object");
    }
    return new Fields(path + name + ".", inner);
  }

  /** The array of texts, null when the field is not there. */
  @Nullable List<String> texts(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : node) {
      if (one.isTextual()) {
        texts.add(one.textValue());
      }
    }
    if (!node.isArray() || texts.size() != node.size()) {
      throw wrong(name, "must be an array of strings");
    }
    return texts;
  }

  /** The object as JSON text. */
  String json() {
    return object.toString();
  }

  RefusedException wrong(String name, String rule) {
    return RefusedException.invalid(Shown.text(path + name) + " " + rule);
  }
}
