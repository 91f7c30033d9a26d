package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.http.json.JsonTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SessionFuzzTest {
  private static final int MALFORMED = 4400;
  private static final int UNAUTHENTICATED = 4401;

  @Property(tries = 500)
  void whateverComesASessionAnswersOrClosesAsMalformed(@ForAll("frames") List<byte[]> frames) {
    SessionHarness session = SessionHarness.open(SessionHarness.ACME);
    for (byte[] frame : frames) {
      boolean closed = session.socket.closeCode() != 0;
      session.send(frame);
      List<JsonNode> answers = session.received();

      assertThat(session.socket.closeCode()).isIn(0, MALFORMED);
      if (closed || session.socket.closeCode() != 0) {
        assertThat(answers).isEmpty();
      } else {
        checkAnswers(requests(frame), answers);
      }
    }
    assertThat(session.tenants.acquired()).isZero();
  }

  @Property(tries = 200)
  void whateverComesFirstNothingIsDoneWithoutACredential(@ForAll("frames") List<byte[]> frames) {
    SessionHarness session = SessionHarness.open(null);
    for (byte[] frame : frames) {
      session.send(frame);

      assertThat(session.socket.closeCode()).isIn(0, MALFORMED, UNAUTHENTICATED);
      assertThat(session.tenants.told()).isEmpty();
    }
  }

  @Property(tries = 200)
  void anAdminsFramesReachTheTenantsThatTheyName(@ForAll("adminFrame") String frame) {
    SessionHarness session = SessionHarness.open(SessionHarness.ADMIN);
    session.send(frame.getBytes(UTF_8));

    Map<Integer, String> tenants = new HashMap<>();
    requests(frame.getBytes(UTF_8))
        .forEach(
            request -> tenants.put(request.get("id").intValue(), request.get("tenant").asText()));
    List<JsonNode> answers = session.received();
    assertThat(answers).hasSameSizeAs(requests(frame.getBytes(UTF_8)));
    for (JsonNode answer : answers) {
      JsonNode value = answer.get("value");
      if (value != null) {
        assertThat(value.asText()).isEqualTo("of " + tenants.get(answer.get("id").intValue()));
      }
    }
  }

  @Provide
  Arbitrary<List<byte[]>> frames() {
    Arbitrary<byte[]> whole = frame().map(text -> text.getBytes(UTF_8));
    return Arbitraries.oneOf(whole, JsonTexts.mutated(frame())).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> adminFrame() {
    Arbitrary<String> operation =
        Combinators.combine(Arbitraries.of("a", "b", "c"), Arbitraries.of("set", "get"))
            .as((tenant, op) ->
                "\"op\":\""
                    + op
                    + "\",\"tenant\":\""
                    + tenant
                    + "\",\"map\":\"m\",\"key\":\"k\""
                    + (op.equals("set") ? ",\"value\":\"of " + tenant + "\"" : ""));
    return operation.list().ofMinSize(1).ofMaxSize(30).map(SessionFuzzTest::numbered);
  }

  private static String numbered(List<String> operations) {
    List<String> requests = new ArrayList<>();
    for (String operation : operations) {
      requests.add("{\"id\":" + requests.size() + "," + operation + "}");
    }
    return requests.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private static Arbitrary<String> frame() {
    Arbitrary<String> items =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(5, request()), net.jqwik.api.Tuple.of(1, JsonTexts.values()));
    return Arbitraries.oneOf(
        request(),
        items
            .list()
            .ofMaxSize(5)
            .map(list -> list.stream().collect(Collectors.joining(",", "[", "]"))));
  }

  private static Arbitrary<String> request() {
    Arbitrary<String> ids = Arbitraries.of("1", "2", "3", "\"a\"", "-7.5", "null", "[]", "1e9");
    Arbitrary<String> ops =
        Arbitraries.of("get", "set", "delete", "scan", "unwatch", "ping", "publish", "");
    Arbitrary<String> members =
        Arbitraries.of(
            "\"map\":\"m\",\"key\":\"k\"",
            "\"map\":\"m\"",
            "\"map\":\"m\",\"key\":\"\"",
            "\"watch\":1",
            "\"map\":\"m\",\"key\":\"k\",\"ttlMs\":0",
            "\"map\":\"m\",\"key\":\"k\",\"map\":\"n\"",
            "\"tenant\":\"b\",\"map\":\"m\",\"key\":\"k\"");
    return Combinators.combine(ids, ops, members, JsonTexts.values())
        .as((id, op, member, value) ->
            "{\"id\":"
                + id
                + ",\"op\":\""
                + op
                + "\","
                + member
                + (op.equals("set") ? ",\"value\":" + value : "")
                + "}");
  }

  private static List<JsonNode> requests(byte[] frame) {
    JsonNode tree = SessionHarness.json(new String(frame, UTF_8));
    List<JsonNode> requests = new ArrayList<>();
    if (tree.isArray()) {
      tree.forEach(requests::add);
    } else {
      requests.add(tree);
    }
    return requests;
  }

  /** Each request has one answer, under its own id or, when that cannot be read, under none. */
  private static void checkAnswers(List<JsonNode> requests, List<JsonNode> answers) {
    assertThat(answers).hasSameSizeAs(requests);
    List<String> open =
        requests.stream()
            .map(request -> String.valueOf(request.get("id")))
            .collect(Collectors.toList());
    for (JsonNode answer : answers) {
      JsonNode id = answer.get("id");
      assertThat(id.isNull() || open.remove(id.toString())).as("an id for %s", answer).isTrue();
      assertThat(answer.get("ok").asBoolean()).isEqualTo(!answer.has("error"));
    }
  }
}
