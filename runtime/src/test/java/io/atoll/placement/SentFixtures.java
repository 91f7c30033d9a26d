package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Samples of messages between nodes beside the bytes in which they were sent once, which nodes of
 * later versions still have to read. The bytes stand in {@code sent-1.properties} beside a test.
 */
public final class SentFixtures {
  /** Names the file to write; run once for each new kind of message, and committed then. */
  public static final String FILE = "atoll.fixtures.sent";

  private SentFixtures() {}

  /** A system that can name actors of other nodes. */
  public static ActorTestKit system() {
    return ActorTestKit.create(
        ConfigFactory.parseString(
                """
                pekko.actor.provider = cluster
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                pekko.cluster.jmx.enabled = off
                """)
            .withFallback(ConfigFactory.load()));
  }

  /** An actor of another node, which every node names alike. */
  public static <T> ActorRef<T> elsewhere(ActorTestKit kit) {
    return ActorRefResolver.get(kit.system())
        .resolveActorRef("pekko://atoll@127.0.0.1:25520/user/edge#77");
  }

  /** Each sample is read of the bytes that were written of it, and all that was has a sample. */
  public static void assertReadAsSent(
      ActorTestKit kit, Class<?> test, Map<String, ? extends Object> samples) throws IOException {
    Properties sent = new Properties();
    try (InputStream file =
        Objects.requireNonNull(test.getResourceAsStream("sent-1.properties"), "no fixtures")) {
      sent.load(file);
    }
    assertThat(sent.stringPropertyNames()).isEqualTo(samples.keySet());
    Serialization serialization = serialization(kit);
    samples.forEach((name, sample) -> {
      String[] parts = sent.getProperty(name).split("\\|", -1);
      byte[] bytes = Base64.getDecoder().decode(parts[2]);
      assertThat(serialization.deserialize(bytes, Integer.parseInt(parts[0]), parts[1]).get())
          .as(name)
          .isEqualTo(sample);
      assertThat(head(serialization, sample)).as(name).isEqualTo(parts[0] + "|" + parts[1] + "|");
    });
  }

  /** Writes the bytes of the samples into the file of the property. */
  public static void write(ActorTestKit kit, Map<String, ? extends Object> samples)
      throws IOException {
    Serialization serialization = serialization(kit);
    StringBuilder lines = new StringBuilder();
    samples.forEach((name, sample) -> {
      byte[] bytes = serializer(serialization, sample).toBinary(sample);
      lines.append(name).append('=').append(head(serialization, sample));
      lines.append(Base64.getEncoder().encodeToString(bytes)).append('\n');
    });
    Files.writeString(Path.of(System.getProperty(FILE)), lines);
  }

  private static Serialization serialization(ActorTestKit kit) {
    return SerializationExtension.get(Adapter.toClassic(kit.system()));
  }

  private static String head(Serialization serialization, Object message) {
    SerializerWithStringManifest serializer = serializer(serialization, message);
    return serializer.identifier() + "|" + serializer.manifest(message) + "|";
  }

  private static SerializerWithStringManifest serializer(
      Serialization serialization, Object message) {
    return (SerializerWithStringManifest) serialization.findSerializerFor(message);
  }
}
