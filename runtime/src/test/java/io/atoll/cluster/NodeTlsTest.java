package io.atoll.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that show each other certificates before they say anything. */
class NodeTlsTest {
  private static final char[] PASSWORD = "password".toCharArray();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Nodes that may join are up in less. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(5);

  private final List<ActorTestKit> nodes = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    nodes.reversed().forEach(ActorTestKit::shutdownTestKit);
  }

  @Test
  void onlyNodesWithACertificateOfTheAuthorityJoin() throws Exception {
    makeCertificate("authority");
    makeCertificate("stranger");
    ActorTestKit first = node("authority", true);
    join(first, first);
    await(first, 1);
    ActorTestKit second = node("authority", true);
    join(second, first);
    await(first, 2);
    await(second, 2);

    ActorTestKit stranger = node("stranger", true);
    ActorTestKit plain = node("authority", false);
    join(stranger, first);
    join(plain, first);
    first.createTestProbe().expectNoMessage(REFUSED_FOR);

    assertThat(up(first)).isEqualTo(2);
    assertThat(up(stranger)).isZero();
    assertThat(up(plain)).isZero();
  }

  private static void join(ActorTestKit node, ActorTestKit seed) {
    Cluster.get(node.system())
        .manager()
        .tell(Join.create(Cluster.get(seed.system()).selfMember().address()));
  }

  private static void await(ActorTestKit node, int members) {
    node.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(up(node)).isEqualTo(members);
              return members;
            });
  }

  private static int up(ActorTestKit node) {
    int up = 0;
    for (var member : Cluster.get(node.system()).state().getMembers()) {
      up += member.status().equals(MemberStatus.up()) ? 1 : 0;
    }
    return up;
  }

  /** All trust who has a certificate of the authority; the settings are those of a real node. */
  private ActorTestKit node(String certificate, boolean tls) throws Exception {
    int port = freePort();
    String files =
        tls
            ? "tls { certificate-file = \"%s\", key-file = \"%s\", authority-file = \"%s\" }"
                .formatted(
                    folder.resolve(certificate + ".pem"),
                    folder.resolve(certificate + ".key"),
                    folder.resolve("authority.pem"))
            : "";
    Config config =
        ConfigFactory.parseString(
                """
                atoll.store = cassandra
                atoll.cluster { port = %d, seed-nodes = ["127.0.0.1:%d"] }
                pekko.actor { provider = cluster, allow-java-serialization = off }
                pekko.cluster.jmx.enabled = off
                """
                    .formatted(port, port))
            .withFallback(ConfigFactory.parseString("atoll.cluster { " + files + " }"))
            .withFallback(ConfigFactory.load());
    ActorTestKit kit = ActorTestKit.create("atoll", ClusterSettings.from(config).configure(config));
    nodes.add(kit);
    return kit;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** One that has signed itself; all have the name that nodes of a cluster have in common. */
  private void makeCertificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "k",
                "-dname",
                "CN=atoll",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("keytool: %s", said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    write(name + ".key", "PRIVATE KEY", keys.getKey("k", PASSWORD).getEncoded());
    write(name + ".pem", "CERTIFICATE", keys.getCertificate("k").getEncoded());
  }

  private void write(String file, String kind, byte[] bytes) throws Exception {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind));
  }
}
