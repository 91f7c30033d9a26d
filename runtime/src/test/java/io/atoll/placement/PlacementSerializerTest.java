package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlacementSerializerTest {
  private static ActorTestKit kit;
  private static Serialization serialization;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
    serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void everyMessageThatLeavesItsNodeComesBackAsItWas() throws NotSerializableException {
    List<Object> samples = samples();
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

  private static List<Object> samples() {
    TestProbe<PlacementReply> probe = kit.createTestProbe(PlacementReply.class);
    return List.of(
        new PlacementCommand.Hold(List.of("1", "2@a:1"), List.of("acme"), "m1", probe.ref()),
        new PlacementCommand.Release(List.of("1"), List.of(), null),
        new PlacementCommand.Settle(probe.ref()),
        new PlacementCommand.Give("acme", "2@a:1", "m1", probe.ref()),
        new PlacementCommand.Placed(
            Map.of("a:1", List.of("1"), "b:2", List.of()),
            Map.of("1", 30),
            List.of(new MovedCell("1", "b:2", "a:1", 82, 1_700_000_000_000L))),
        new PlacementCommand.Placed(Map.of("a:1", List.of("1")), null, null),
        new PlacementCommand.Leaving("a:1"),
        new PlacementCommand.Describe(probe.ref()),
        new PlacementCommand.ListHot("acme", 7, probe.ref()),
        new PlacementCommand.Drain(probe.ref()),
        new PlacementReply.HotListed(List.of("acme", "globex")),
        new PlacementReply.Busy("a:1", "m1"),
        new PlacementReply.Held("a:1"),
        new PlacementReply.Settled("a:1", 3),
        new PlacementReply.Known("a:1"),
        new PlacementReply.Described(
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
            Map.of("1", 30)));
  }

  private static List<Class<?>> permitted(Class<?> type) {
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> one : type.getPermittedSubclasses()) {
      all.add(one);
    }
    return all;
  }
}
