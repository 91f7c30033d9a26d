package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class PlacementSerializerTest {
  private static ActorTestKit kit;
  private static Serialization serialization;

  @BeforeAll
  static void start() {
    kit = SentFixtures.system();
    serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void everyMessageThatLeavesItsNodeComesBackAsItWas() throws NotSerializableException {
    Collection<Object> samples = samples(kit.<PlacementReply>createTestProbe().ref()).values();
    assertThat(samples.stream().map(Object::getClass))
        .as("a sample of each")
        .containsAll(permitted(PlacementCommand.Remote.class))
        .containsAll(permitted(PlacementReply.class));
    for (Object sample : samples) {
      SerializerWithStringManifest serializer = serializer(sample);
      byte[] bytes = serializer.toBinary(sample);
      assertThat(serializer.fromBinary(bytes, serializer.manifest(sample))).isEqualTo(sample);
    }
  }

  /** CBOR of {"node": "a:1", "since": 7}, as a later version may send it. */
  @Test
  void aFieldThatIsNotKnownIsPassedOver() throws NotSerializableException {
    byte[] bytes = HexFormat.of().parseHex("a2646e6f646563613a316573696e636507");

    assertThat(serializer(new PlacementReply.Held("")).fromBinary(bytes, "leaving"))
        .isEqualTo(new PlacementCommand.Leaving("a:1"));
  }

  /** CBOR of {}: the node would have to go on without what it must know. */
  @Test
  void aMessageThatLacksWhatItMustHaveIsNotRead() {
    for (String manifest : List.of("hold", "release", "give", "placed", "leaving", "confirm")) {
      assertThatThrownBy(() ->
              serializer(new PlacementReply.Held(""))
                  .fromBinary(new byte[] {(byte) 0xa0}, manifest))
          .as(manifest)
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void whatStaysOnItsNodeIsNotSent() {
    SerializerWithStringManifest serializer = serializer(new PlacementReply.Held(""));

    assertThatThrownBy(() -> serializer.manifest(new PlacementCommand.LeaveOn()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SerializerWithStringManifest serializer(Object message) {
    SerializerWithStringManifest serializer =
        (SerializerWithStringManifest) serialization.findSerializerFor(message);
    assertThat(serializer).isInstanceOf(PlacementSerializer.class);
    return serializer;
  }

  @Test
  void whatWasEverSentIsReadAsWhatItWas() throws IOException {
    SentFixtures.assertReadAsSent(kit, getClass(), samples(SentFixtures.elsewhere(kit)));
  }

  @Test
  @EnabledIfSystemProperty(named = SentFixtures.FILE, matches = ".+")
  void writesFixtures() throws IOException {
    SentFixtures.write(kit, samples(SentFixtures.elsewhere(kit)));
  }

  private static Map<String, Object> samples(ActorRef<PlacementReply> replyTo) {
    Map<String, Object> samples = new TreeMap<>();
    samples.put(
        "hold", new PlacementCommand.Hold(List.of("1", "2@a:1"), List.of("acme"), "m1", replyTo));
    samples.put("release", new PlacementCommand.Release(List.of("1"), List.of(), null));
    samples.put("settle", new PlacementCommand.Settle(replyTo));
    samples.put("give", new PlacementCommand.Give("acme", "2@a:1", "m1", replyTo));
    samples.put(
        "placed",
        new PlacementCommand.Placed(
            Map.of("a:1", List.of("1"), "b:2", List.of()),
            Map.of("1", 30),
            List.of(new MovedCell("1", "b:2", "a:1", 82, 1_700_000_000_000L))));
    samples.put(
        "placed-without-rates",
        new PlacementCommand.Placed(Map.of("a:1", List.of("1")), null, null));
    samples.put("leaving", new PlacementCommand.Leaving("a:1"));
    samples.put("describe", new PlacementCommand.Describe(replyTo));
    samples.put("list-hot", new PlacementCommand.ListHot("acme", 7, replyTo));
    samples.put("drain", new PlacementCommand.Drain(replyTo));
    samples.put("confirm", new PlacementCommand.Confirm("a:1", -7, replyTo.narrow()));
    samples.put("confirmed", new PlacementReply.Confirmed("a:1", -7));
    samples.put("hot-listed", new PlacementReply.HotListed(List.of("acme", "globex")));
    samples.put("busy", new PlacementReply.Busy("a:1", "m1"));
    samples.put("held", new PlacementReply.Held("a:1"));
    samples.put("settled", new PlacementReply.Settled("a:1", 3));
    samples.put("known", new PlacementReply.Known("a:1"));
    samples.put("described", described(null));
    samples.put("described-with-entries", described(Map.of("1", 5_000_000_000L)));
    return samples;
  }

  private static PlacementReply described(@Nullable Map<String, Long> entriesByCell) {
    return new PlacementReply.Described(
        "a:1",
        "1.0",
        List.of("r"),
        Map.of("1", 3),
        4,
        5.5,
        6,
        7,
        "http://a:2",
        true,
        8.5,
        9,
        Map.of("1", 30),
        entriesByCell);
  }

  private static List<Class<?>> permitted(Class<?> type) {
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> one : type.getPermittedSubclasses()) {
      all.add(one);
    }
    return all;
  }
}
