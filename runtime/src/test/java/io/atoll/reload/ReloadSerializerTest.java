package io.atoll.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.http.Configuration.Memory;
import io.atoll.http.Configuration.Reload;
import io.atoll.http.Configuration.Reloaded;
import io.atoll.placement.SentFixtures;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class ReloadSerializerTest {
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
    Collection<Object> samples = samples(kit.<ReloadReply>createTestProbe().ref()).values();
    assertThat(samples.stream().map(Object::getClass))
        .as("a sample of each")
        .containsAll(Stream.of(ReloadCommand.Remote.class.getPermittedSubclasses()).toList());
    for (Object sample : samples) {
      SerializerWithStringManifest serializer = serializer(sample);
      byte[] bytes = serializer.toBinary(sample);
      assertThat(serializer.fromBinary(bytes, serializer.manifest(sample))).isEqualTo(sample);
    }
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

  private static Map<String, Object> samples(ActorRef<ReloadReply> replyTo) {
    return new TreeMap<>(
        Map.of(
            "plans-stored", new ReloadCommand.PlansStored(7, replyTo),
            "read-again", new ReloadCommand.ReadAgain(Reload.EVERYTHING, replyTo),
            "read-again-of-tenant",
                new ReloadCommand.ReadAgain(
                    new Reload(false, new Memory.OfTenant("acme")), replyTo),
            "read-again-of-nobody",
                new ReloadCommand.ReadAgain(new Reload(true, new Memory.OfNobody()), replyTo),
            "reply-failed", new ReloadReply(new Reloaded("a:1", Reloaded.FAILED, "bad", List.of())),
            "reply-done",
                new ReloadReply(new Reloaded("a:1", Reloaded.DONE, null, List.of("x", "y")))));
  }

  /** CBOR of {"node": "a:1", "status": "reloaded", "since": 7}: a field more, and two less. */
  @Test
  void fieldsOfOtherVersionsArePassedOverAndMayBeMissing() throws NotSerializableException {
    byte[] bytes =
        HexFormat.of()
            .parseHex("a3646e6f646563613a316673746174757368" + "72656c6f616465646573696e636507");

    assertThat(reading().fromBinary(bytes, "reply"))
        .isEqualTo(new ReloadReply(new Reloaded("a:1", Reloaded.DONE, null, List.of())));
  }

  @Test
  void whatStaysOnItsNodeIsNotSent() {
    assertThatThrownBy(() -> reading().manifest(new ReloadCommand.LookAtPlans()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reading().toBinary(new ReloadCommand.LookAtFile()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reading().fromBinary(new byte[] {(byte) 0xa0}, "other"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SerializerWithStringManifest reading() {
    return serializer(new ReloadReply(new Reloaded("", "", null, List.of())));
  }

  private static SerializerWithStringManifest serializer(Object message) {
    SerializerWithStringManifest serializer =
        (SerializerWithStringManifest) serialization.findSerializerFor(message);
    assertThat(serializer).isInstanceOf(ReloadSerializer.class);
    return serializer;
  }
}
