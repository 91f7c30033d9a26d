package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.http.OutcomeStatus;
import io.atoll.http.gateway.Operated;
import io.atoll.http.problem.Problems;
import io.atoll.map.Idempotency;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/batch}: up to 1,000 operations in their order, each with a status of its own. */
final class BatchRoutes {
  private static final int MOST = 1_000;

  private final Operator operator;
  private final Bodies bodies;
  private final int maxBodyBytes;
  private final int maxValueBytes;

  BatchRoutes(Operator operator, Bodies bodies, int maxBodyBytes, int maxValueBytes) {
    this.operator = operator;
    this.bodies = bodies;
    this.maxBodyBytes = maxBodyBytes;
    this.maxValueBytes = maxValueBytes;
  }

  void addTo(RouteTable table, Guard guard) {
    table.add("POST", "/v1/batch", guard.anyData(this::batch));
  }

  private CompletionStage<HttpResponse> batch(Call call) {
    call.query();
    return bodies.json(call, maxBodyBytes).thenCompose(body -> apply(call, body));
  }

  private CompletionStage<HttpResponse> apply(Call call, byte[] body) {
    Idempotency promise = Promise.of(call, body);
    BatchItem reader = new BatchItem(call.principal(), maxValueBytes, promise);
    List<Optional<Refusal>> early = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    for (BatchReader.Item item : BatchReader.read(body, MOST)) {
      try {
        operations.add(reader.operation(item, early.size()));
        early.add(Optional.empty());
      } catch (RefusedException refused) {
        early.add(Optional.of(refused.refusal()));
      }
    }
    return operator
        .all(call, operations, promise)
        .thenApply(operated -> {
          Refusal refusal = refusal(operated);
          HttpResponse response =
              refusal == null
                  ? answer(call, early, operated.outcomes())
                  : Answers.refused(call, refusal);
          return Answers.withRate(response, operated.rate());
        });
  }

  /**
   * Why the batch is refused as a whole. Only a promise is in conflict; its maps find that out when
   * the tenant keeps it no more.
   */
  private static @Nullable Refusal refusal(Operated operated) {
    if (operated.refusal() != null) {
      return operated.refusal();
    }
    for (Outcome outcome : operated.outcomes()) {
      if (outcome instanceof Outcome.Refused refused
          && refused.refusal().code() == ErrorCode.CONFLICT) {
        return refused.refusal();
      }
    }
    return null;
  }

  /** {@code early} holds the refusals of the items that were not sent, in the place of each. */
  private static HttpResponse answer(
      Call call, List<Optional<Refusal>> early, List<Outcome> outcomes) {
    return Json.response(
        200,
        json -> {
          int next = 0;
          json.writeStartArray();
          for (Optional<Refusal> refusal : early) {
            Outcome outcome =
                refusal.isPresent() ? new Outcome.Refused(refusal.get()) : outcomes.get(next++);
            item(json, outcome, call.requestId());
          }
          json.writeEndArray();
        });
  }

  private static void item(JsonGenerator json, Outcome outcome, String requestId)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("status", OutcomeStatus.of(outcome));
    switch (outcome) {
      case Outcome.Written written -> json.writeNumberField("version", written.version());
      case Outcome.Found found -> {
        raw(json, "value", found.value());
        json.writeNumberField("version", found.version());
      }
      case Outcome.Refused refused ->
          raw(json, "error", Problems.document(refused.refusal(), requestId));
      case Outcome.Removed removed -> {}
      case Outcome.Scanned scanned -> throw new IllegalStateException("no scan was sent");
      case Outcome.MapsListed listed -> throw new IllegalStateException("no listing was sent");
    }
    json.writeEndObject();
  }

  private static void raw(JsonGenerator json, String name, byte[] value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(new String(value, StandardCharsets.UTF_8));
  }
}
