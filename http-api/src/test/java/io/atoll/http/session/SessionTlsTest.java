package io.atoll.http.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.credential.CredentialCheck;
import io.atoll.http.credential.CredentialCheck.Verdict;
import io.atoll.http.listener.ListenerFixture;
import io.atoll.http.listener.TestCertificate;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session behind the real listener with TLS, with a real client that checks the certificate. */
class SessionTlsTest {
  @TempDir Path folder;

  private final FakeTenants tenants = new FakeTenants();
  private TestCertificate certificate;
  private ListenerFixture listener;

  @BeforeEach
  void open() throws IOException {
    certificate = TestCertificate.make(folder, "atoll");
    CredentialCheck credentials =
        (credential, client) -> CompletableFuture.completedFuture(verdict(credential, client));
    Sessions sessions =
        new Sessions(
            new SessionEnvironment(
                SessionHarness.settings(),
                TimeSource.system(),
                SessionHarness.system(),
                credentials,
                tenants,
                EdgeMetrics.NONE));
    listener =
        ListenerFixture.open(
            certificate.settings(),
            request -> CompletableFuture.completedFuture(HttpResponse.create()),
            new SessionAcceptor(sessions, credentials));
  }

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void aSessionWorksAsWithoutTls() {
    String large = "x".repeat(500_000);
    try (SocketClient client = connect("acme", certificate.trusting())) {
      client.send("{'id':1,'op':'set','map':'m','key':'k','value':'" + large + "'}");
      client.send("{'id':2,'op':'get','map':'m','key':'k'}");

      assertThat(client.await(2))
          .extracting(reply -> reply.get("id") + " " + reply.get("ok"))
          .containsExactly("1 true", "2 true");
      assertThat(client.received().get(1).get("value").textValue()).isEqualTo(large);
      client.send("{'id':3,");
      assertThat(client.awaitClose()).isEqualTo(4400);
    }
  }

  @Test
  void aBadCredentialIsRefusedOverTlsToo() {
    assertThatThrownBy(() -> connect("wrong", certificate.trusting()))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }

  @Test
  void aClientThatTrustsAnotherCertificateSendsNoCredential(@TempDir Path elsewhere) {
    SSLContext other = TestCertificate.make(elsewhere, "other").trusting();

    assertThatThrownBy(() -> connect("acme", other))
        .hasRootCauseInstanceOf(Exception.class)
        .hasStackTraceContaining(SSLHandshakeException.class.getSimpleName());
    assertThat(tenants.told()).isEmpty();
  }

  private SocketClient connect(String credential, SSLContext tls) {
    URI address = URI.create("wss://127.0.0.1:" + listener.listener().port() + "/v1/ws");
    return SocketClient.connect(address, tls, List.of("Authorization", "Bearer " + credential));
  }

  private static Verdict verdict(String credential, InetAddress client) {
    return client.isLoopbackAddress() && credential.equals("acme")
        ? new Verdict.Known(SessionHarness.ACME)
        : new Verdict.Refused(Refusal.of(ErrorCode.UNAUTHENTICATED, "unknown credential"));
  }
}
