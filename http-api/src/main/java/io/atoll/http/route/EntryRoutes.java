package io.atoll.http.route;

import io.atoll.access.Scope;
import io.atoll.http.json.JsonProblem;
import io.atoll.http.json.JsonScanner;
import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.Promises;
import io.atoll.refusal.ErrorCode;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** {@code /v1/maps/{map}/entries/{key}}: one entry, its value the raw JSON of the body. */
final class EntryRoutes {
  private static final String PATH = "/v1/maps/{map}/entries/{key...}";

  /** The longest time that an entry can be given to live: ten years. */
  static final long MAX_TTL_MS = 315_360_000_000L;

  private final Operator operator;
  private final Bodies bodies;
  private final int maxValueBytes;

  EntryRoutes(Operator operator, Bodies bodies, int maxValueBytes) {
    this.operator = operator;
    this.bodies = bodies;
    this.maxValueBytes = maxValueBytes;
  }

  void addTo(RouteTable table, Guard guard) {
    table
        .add("GET", PATH, guard.data(Scope.READ, this::get))
        .add("PUT", PATH, guard.data(Scope.WRITE, this::put))
        .add("DELETE", PATH, guard.data(Scope.WRITE, this::delete));
  }

  private CompletionStage<HttpResponse> get(Call call) {
    call.query();
    var operation = new Operation.Get(map(call), key(call));
    return operator.one(call, operation, outcome -> found(call, (Outcome.Found) outcome));
  }

  private CompletionStage<HttpResponse> put(Call call) {
    String map = map(call);
    Key key = key(call);
    long ttl = call.query("ttlMs").integer("ttlMs", 1, MAX_TTL_MS, Operation.FOREVER);
    long condition = Versions.condition(call);
    return bodies
        .json(call, maxValueBytes)
        .thenCompose(body -> {
          byte[] value = value(body);
          String promise = Promise.key(call);
          var operation =
              new Operation.Set(
                  map,
                  key,
                  value,
                  condition,
                  ttl,
                  promise == null ? null : Promises.set(promise, map, key, value, condition, ttl));
          return operator.one(call, operation, outcome -> written(key, (Outcome.Written) outcome));
        });
  }

  private CompletionStage<HttpResponse> delete(Call call) {
    call.query();
    String map = map(call);
    Key key = key(call);
    long condition = Versions.match(call.header("If-Match"));
    String promise = Promise.key(call);
    var operation =
        new Operation.Delete(
            map,
            key,
            condition,
            promise == null ? null : Promises.delete(promise, map, key, condition));
    return operator.one(call, operation, outcome -> Answers.empty());
  }

  private static HttpResponse found(Call call, Outcome.Found found) {
    HttpResponse response =
        Versions.has(call.header("If-None-Match"), found.version())
            ? HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED)
            : Json.response(200, found.value());
    return Versions.tag(response, found.version());
  }

  private static HttpResponse written(Key key, Outcome.Written written) {
    HttpResponse response =
        Json.response(
            written.created() ? 201 : 200,
            json -> {
              json.writeStartObject();
              json.writeStringField("key", key.toString());
              json.writeNumberField("version", written.version());
              json.writeEndObject();
            });
    return Versions.tag(response, written.version());
  }

  /** The value without the white space around it. */
  private static byte[] value(byte[] body) {
    JsonProblem problem = JsonScanner.check(body, 0, body.length);
    if (problem != null) {
      throw RefusedException.of(ErrorCode.INVALID_REQUEST, "the value " + problem.text());
    }
    int from = 0;
    int to = body.length;
    while (isSpace(body[from])) {
      from++;
    }
    while (isSpace(body[to - 1])) {
      to--;
    }
    return to - from == body.length ? body : Arrays.copyOfRange(body, from, to);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static String map(Call call) {
    return Names.map(call.name(0));
  }

  private static Key key(Call call) {
    return Names.key(call.name(1));
  }
}
