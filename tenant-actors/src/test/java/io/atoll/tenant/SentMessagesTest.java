package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.atoll.map.MapMessageSerializer;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply;
import io.atoll.map.WatchSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Everything that nodes send each other, as Pekko is told to turn it into bytes. */
class SentMessagesTest {
  private static final String FIXTURES = "/io/atoll/tenant/sent-1.properties";

  private static final ActorTestKit testKit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  pekko.actor.provider = cluster
                  pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  pekko.cluster.jmx.enabled = off
                  """)
              .withFallback(ConfigFactory.load()));
  private static final Serialization serialization =
      SerializationExtension.get(Adapter.toClassic(testKit.system()));

  /** The samples with an actor of another node, which every node names alike. */
  private static final Map<String, Object> samples = SentSamples.all(elsewhere());

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void everyMessageArrivesAsItWasSent() {
    ActorRef<Object> someone = testKit.createTestProbe().ref();

    SentSamples.all(someone)
        .forEach((name, sample) -> assertSame(name, read(sample, written(sample)), sample));
  }

  @Test
  void everyMessageArrivesInItsEnvelopeWithoutJavaSerialization() {
    samples.forEach((name, sample) -> {
      ShardingEnvelope<Object> envelope = new ShardingEnvelope<>("acme", sample);
      byte[] bytes = written(envelope);
      var read = (ShardingEnvelope<?>) read(envelope, bytes);

      assertThat(read.entityId()).isEqualTo("acme");
      assertSame(name, read.message(), sample);
      assertThat(new String(bytes, ISO_8859_1)).as(name).doesNotContain("io.atoll");
    });
  }

  @Test
  void everyKindOfMessageHasASample() {
    assertThat(sampled())
        .containsAll(kinds(TenantCommand.Public.class))
        .containsAll(kinds(TenantReply.class))
        .containsAll(kinds(SessionNotice.class))
        .containsAll(kinds(OperateReply.class))
        .containsAll(kinds(WatchReply.class))
        .containsAll(kinds(Operation.class))
        .containsAll(kinds(Outcome.class))
        .contains(WatchSignal.class);
  }

  @Test
  void everyMessageIsWrittenByASerializerOfOurs() {
    Set<Class<?>> ours =
        Set.of(
            MapMessageSerializer.class, TenantCommandSerializer.class, TenantReplySerializer.class);

    assertThat(samples)
        .allSatisfy((name, sample) -> assertThat(serializer(sample).getClass()).isIn(ours));
    assertThat(serializer(knock()).getClass()).isEqualTo(TenantCommandSerializer.class);
  }

  @Test
  void noTwoKindsOfOneSerializerShareAManifest() {
    Map<String, Set<Class<?>>> kinds =
        samples.values().stream()
            .collect(
                Collectors.groupingBy(
                    sample -> serializer(sample).identifier() + manifest(sample),
                    Collectors.mapping(Object::getClass, Collectors.toSet())));

    assertThat(kinds).allSatisfy((manifest, ofIt) -> assertThat(ofIt).hasSize(1));
  }

  @Test
  void whatWasEverSentIsReadAsWhatItWas() throws IOException {
    Properties fixtures = fixtures();

    assertThat(fixtures.stringPropertyNames()).isEqualTo(samples.keySet());
    samples.forEach((name, sample) -> {
      String[] sent = fixtures.getProperty(name).split("\\|", -1);
      byte[] bytes = Base64.getDecoder().decode(sent[2]);
      Object read = read(bytes, Integer.parseInt(sent[0]), sent[1]);
      assertSame(name, read, sample);
      assertThat(head(sample)).as(name).isEqualTo(sent[0] + "|" + sent[1] + "|");
    });
  }

  @Test
  void whatANewerNodeAddsIsPassedOver() {
    samples.forEach((name, sample) -> {
      if (serializer(sample) instanceof MapMessageSerializer || name.startsWith("operate")) {
        byte[] bytes = written(sample);
        assertSame(name, read(sample, Arrays.copyOf(bytes, bytes.length + 3)), sample);
      } else {
        ObjectNode tree = (ObjectNode) Wire.tree(written(sample));
        tree.putObject("addedLater").put("x", 1);
        assertSame(name, read(sample, Wire.bytes(tree)), sample);
      }
    });
  }

  @Test
  void aKnockIsOneOfAClosedDoorElsewhere() {
    TenantSignal.Knock sent = knock();
    assertThat(manifest(sent)).isEmpty();
    assertThat(written(sent)).isEmpty();

    TenantSignal.Knock read = (TenantSignal.Knock) read(sent, new byte[0]);
    Doorway doorway = new Doorway(testKit.system().ignoreRef());
    doorway.knocked(read.door());

    assertThat(read.door().pass(new TenantCommand.Stop())).isFalse();
    assertThat(doorway.sendBack(new TenantCommand.Describe(testKit.system().ignoreRef())))
        .isFalse();
  }

  @Test
  void secretsAreInNoTextAboutAMessage() {
    for (String name : List.of("verify", "key-made")) {
      Object sample = samples.get(name);
      byte[] bytes = written(sample);
      assertThat(new String(bytes, UTF_8)).contains(SentSamples.SECRET);
      assertThat(sample.toString()).doesNotContain(SentSamples.SECRET);
      assertThat(new ShardingEnvelope<>("acme", sample).toString())
          .doesNotContain(SentSamples.SECRET);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        Throwable thrown = catchThrowable(() -> read(sample, cut));
        assertThat(thrown).as("%s cut at %d", name, length).isNotNull();
        assertThat(texts(thrown)).doesNotContain("s3cr3t");
      }
    }
  }

  @Test
  void aMessageOfAnUnknownKindIsRefusedWithItsName() {
    for (Object sample :
        List.of(samples.get("create"), samples.get("accepted"), WatchSignal.READY)) {
      SerializerWithStringManifest serializer = serializer(sample);
      byte[] bytes = Wire.bytes(Wire.object().put("replyTo", ""));

      assertThatThrownBy(() -> serializer.fromBinary(bytes, "teleport"))
          .hasMessageContaining("teleport")
          .hasMessageContaining("newer");
      assertThatThrownBy(() -> serializer.toBinary("text"))
          .hasMessageContaining("java.lang.String");
      assertThatThrownBy(() -> serializer.manifest("text"))
          .hasMessageContaining("java.lang.String");
    }
  }

  /** Run once for each new kind of message, with the file as the property, then committed. */
  @Test
  @EnabledIfSystemProperty(named = "atoll.fixtures.sent", matches = ".+")
  void writesFixtures() throws IOException {
    StringBuilder lines = new StringBuilder();
    samples.forEach((name, sample) ->
        lines
            .append(name)
            .append('=')
            .append(head(sample))
            .append(Base64.getEncoder().encodeToString(written(sample)))
            .append('\n'));
    Path file = Path.of(System.getProperty("atoll.fixtures.sent"));
    Files.writeString(file, lines);
    assertThat(file).isNotEmptyFile();
  }

  private static TenantSignal.Knock knock() {
    return new TenantSignal.Knock(new TenantDoor(command -> {}, closing -> {}));
  }

  private static ActorRef<Object> elsewhere() {
    return ActorRefResolver.get(testKit.system())
        .resolveActorRef("pekko://atoll@127.0.0.1:25520/user/edge#77");
  }

  private static void assertSame(String name, Object read, Object sample) {
    assertThat(read)
        .as(name)
        .usingRecursiveComparison()
        .withEqualsForType(Object::equals, ActorRef.class)
        .isEqualTo(sample);
  }

  private static SerializerWithStringManifest serializer(Object message) {
    return (SerializerWithStringManifest) serialization.findSerializerFor(message);
  }

  private static String manifest(Object message) {
    return serializer(message).manifest(message);
  }

  private static String head(Object message) {
    return serializer(message).identifier() + "|" + manifest(message) + "|";
  }

  private static byte[] written(Object message) {
    return serializer(message).toBinary(message);
  }

  private static Object read(Object sent, byte[] bytes) {
    return read(bytes, serializer(sent).identifier(), manifest(sent));
  }

  private static Object read(byte[] bytes, int identifier, String manifest) {
    return serialization.deserialize(bytes, identifier, manifest).get();
  }

  private static String texts(Throwable thrown) {
    return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
        .map(Throwable::toString)
        .collect(Collectors.joining("\n"));
  }

  private static Set<Class<?>> sampled() {
    Set<Class<?>> classes = new HashSet<>();
    samples
        .values()
        .forEach(sample -> {
          classes.add(sample.getClass());
          switch (sample) {
            case TenantCommand.Operate request ->
                request.operations().forEach(operation -> classes.add(operation.getClass()));
            case OperateReply.Outcomes reply ->
                reply.outcomes().forEach(outcome -> classes.add(outcome.getClass()));
            default -> {}
          }
        });
    return classes;
  }

  /** The records at the ends of a sealed hierarchy. */
  private static List<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(subtype -> kinds(subtype).stream())
            .toList()
        : List.of(type);
  }

  private static Properties fixtures() throws IOException {
    Properties fixtures = new Properties();
    try (InputStream stream = SentMessagesTest.class.getResourceAsStream(FIXTURES)) {
      fixtures.load(stream);
    }
    return fixtures;
  }
}
