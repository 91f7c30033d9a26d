package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.access.Scope;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code /v1/maps}: which maps there are, dropping one, and scanning its entries. */
final class MapRoutes {
  private final Operator operator;

  MapRoutes(Operator operator) {
    this.operator = operator;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", "/v1/maps", guard.data(Scope.READ, this::list))
        .add("DELETE", "/v1/maps/{map}", guard.data(Scope.WRITE, this::drop))
        .add("GET", "/v1/maps/{map}/entries", guard.data(Scope.READ, this::scan));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    call.query();
    return operator.one(
        call,
        new Operation.ListMaps(),
        outcome -> Json.response(200, json -> maps(json, (Outcome.MapsListed) outcome)));
  }

  private CompletionStage<HttpResponse> drop(Call call) {
    call.query();
    var operation = new Operation.DropMap(map(call), Promise.of(call, new byte[0]));
    return operator.one(call, operation, outcome -> Answers.empty());
  }

  private CompletionStage<HttpResponse> scan(Call call) {
    Query query = call.query("prefix", "after", "limit", "values");
    Key after = Names.prefix("after", query.text("after").orElse(""));
    var operation =
        new Operation.Scan(
            map(call),
            Names.prefix("prefix", query.text("prefix").orElse("")),
            after.length() == 0 ? null : after,
            (int) query.integer("limit", 1, 1_000, 100),
            query.flag("values", true));
    return operator.one(
        call,
        operation,
        outcome -> Json.response(200, json -> entries(json, (Outcome.Scanned) outcome)));
  }

  private static void maps(JsonGenerator json, Outcome.MapsListed listed) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("items");
    for (Outcome.MapSize map : listed.maps()) {
      json.writeStartObject();
      json.writeStringField("name", map.name());
      json.writeNumberField("entries", map.entries());
      json.writeNumberField("bytes", map.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void entries(JsonGenerator json, Outcome.Scanned scanned) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("items");
    for (Outcome.Item item : scanned.items()) {
      json.writeStartObject();
      json.writeStringField("key", item.key().toString());
      if (item.value() != null) {
        json.writeFieldName("value");
        json.writeRawValue(new String(item.value(), StandardCharsets.UTF_8));
      }
      json.writeNumberField("version", item.version());
      json.writeEndObject();
    }
    json.writeEndArray();
    Key next = scanned.next();
    if (next == null) {
      json.writeNullField("next");
    } else {
      json.writeStringField("next", next.toString());
    }
    json.writeEndObject();
  }

  private static String map(Call call) {
    return Names.map(call.name(0));
  }
}
