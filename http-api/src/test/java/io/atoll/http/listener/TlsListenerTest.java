package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsListenerTest {
  @TempDir Path folder;

  @Test
  void theCertificateIsTakenUpAgainWhenItsFilesChange() throws Exception {
    makeCertificate("first");
    try (var fixture = open()) {
      assertThat(subject(fixture)).isEqualTo("CN=first");
      Files.writeString(folder.resolve("key.pem"), "broken");
      assertThat(subject(fixture)).isEqualTo("CN=first");
      makeCertificate("second");
      Await.until(Duration.ofSeconds(60), () -> subject(fixture).equals("CN=second"));
    }
  }

  @Test
  void largeBodiesGoThroughTls() throws Exception {
    makeCertificate("one");
    try (var fixture = open();
        SSLSocket socket = connect(fixture, "TLSv1.2")) {
      socket.getOutputStream().write(request());
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer.length).isGreaterThan(3_000_000);
    }
  }

  @Test
  void anOldProtocolIsRefused() throws Exception {
    makeCertificate("one");
    try (var fixture = open()) {
      assertThatThrownBy(
              () -> {
                try (SSLSocket socket = connect(fixture, "TLSv1.1")) {
                  socket.startHandshake();
                }
              })
          .isInstanceOfAny(SSLException.class, IllegalArgumentException.class);
    }
  }

  @Test
  void filesThatCannotBeUsedAreRefusedAtTheStart() throws IOException {
    Files.writeString(folder.resolve("cert.pem"), "no certificate");
    Files.writeString(folder.resolve("key.pem"), "no key");
    assertThatThrownBy(this::open).isInstanceOf(Exception.class).hasMessageNotContaining("no key");
  }

  private ListenerFixture open() throws IOException {
    String tls = TestCertificate.settings(folder);
    var body = HttpResponse.create().withEntity(new byte[3_000_000]);
    return ListenerFixture.open(tls, request -> CompletableFuture.completedFuture(body));
  }

  private String subject(ListenerFixture fixture) {
    try (SSLSocket socket = connect(fixture, "TLSv1.3")) {
      socket.startHandshake();
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static SSLSocket connect(ListenerFixture fixture, String protocol)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(java.net.InetAddress.getLoopbackAddress(), fixture.listener().port());
    socket.setSoTimeout(60_000);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static byte[] request() {
    return "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void makeCertificate(String name) {
    TestCertificate.make(folder, name);
  }

  /** Trusts every server, for tests that look at the certificate themselves. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
