package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.atoll.access.Scope;
import io.atoll.http.EdgeMetrics;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.credential.Principal;
import io.atoll.http.socket.SocketSession;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** A session on a fake socket in front of fake tenants, all on the test's own thread. */
final class SessionHarness {
  static final Principal ADMIN = new Principal(Caller.ADMIN, null, Set.of(), Principal.NEVER);
  static final Principal ACME = key("acme", "k1", Scope.READ, Scope.WRITE);

  private static final ObjectMapper JACKSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Config DAEMONIC = ConfigFactory.parseString("pekko.daemonic = on");
  private static final ActorSystem<Void> SYSTEM =
      ActorSystem.create(
          Behaviors.empty(), "sessions", DAEMONIC.withFallback(ConfigFactory.load()));

  final FakeTime time = new FakeTime();
  final FakeSocket socket = new FakeSocket(time);
  final FakeTenants tenants = new FakeTenants();
  final Map<String, CompletableFuture<Verdict>> tokens = new HashMap<>();
  final Sessions sessions;
  private final SocketSession session;

  private SessionHarness(@Nullable Principal holder, SessionSettings settings) {
    sessions =
        new Sessions(
            new SessionEnvironment(settings, time, SYSTEM, this::check, tenants, EdgeMetrics.NONE));
    session = sessions.session(holder);
  }

  /** An open session of this holder, null for one that has still to say who it is. */
  static SessionHarness open(@Nullable Principal holder) {
    return open(holder, settings());
  }

  static SessionHarness open(@Nullable Principal holder, SessionSettings settings) {
    SessionHarness harness = new SessionHarness(holder, settings);
    harness.start();
    return harness;
  }

  /** A session whose socket is not open yet. */
  static SessionHarness closed(@Nullable Principal holder) {
    return new SessionHarness(holder, settings());
  }

  void start() {
    session.opened(socket);
    socket.run();
  }

  static SessionSettings settings() {
    return new SessionSettings(
        1_000,
        1 << 20,
        100,
        1 << 20,
        1 << 20,
        4,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(3));
  }

  static ActorSystem<Void> system() {
    return SYSTEM;
  }

  static Principal key(String tenantId, String keyId, Scope... scopes) {
    return new Principal(Caller.key(keyId), tenantId, Set.of(scopes), Principal.NEVER);
  }

  static Principal token(String tenantId, long expiresAt) {
    return new Principal(Caller.TOKEN, tenantId, Set.of(Scope.READ, Scope.WRITE), expiresAt);
  }

  /** Lets the token be known as this holder's. */
  void token(String token, Principal holder) {
    tokens.put(token, CompletableFuture.completedFuture(new Verdict.Known(holder)));
  }

  void send(String frame) {
    send(frame.replace('\'', '"').getBytes(UTF_8));
  }

  void send(byte[] frame) {
    session.received(frame);
    socket.run();
  }

  void writable() {
    session.writable();
    socket.run();
  }

  void drop() {
    session.closed(1006);
    socket.run();
  }

  /** Everything that was sent since the last time, frames with several things taken apart. */
  List<JsonNode> received() {
    List<JsonNode> received = new ArrayList<>();
    for (String frame : socket.frames()) {
      JsonNode tree = json(frame);
      if (tree.isArray()) {
        tree.forEach(received::add);
      } else {
        received.add(tree);
      }
    }
    return received;
  }

  /** The only thing that was sent since the last time, with ' for ". */
  String only() {
    List<JsonNode> received = received();
    if (received.size() != 1) {
      throw new AssertionError("not one but " + received);
    }
    return received.get(0).toString().replace('"', '\'');
  }

  /** The code of the error that is the only thing sent since the last time. */
  String error() {
    JsonNode only = json(only().replace('\'', '"'));
    return only.get("id") + " " + only.at("/error/code").textValue();
  }

  static JsonNode json(String text) {
    try {
      return JACKSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + text, malformed);
    }
  }

  private CompletableFuture<Verdict> check(String token, InetAddress client) {
    return tokens.getOrDefault(
        token,
        CompletableFuture.completedFuture(
            new Verdict.Refused(Refusal.of(ErrorCode.UNAUTHENTICATED, "unknown credential"))));
  }
}
