package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
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
    String tls =
        "tls { certificate-file = \"%s\", key-file = \"%s\", check-interval = 50 ms }"
            .formatted(folder.resolve("cert.pem"), folder.resolve("key.pem"));
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

  private void makeCertificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "k",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                "password",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "password".toCharArray());
    }
    write("key.pem", "PRIVATE KEY", keys.getKey("k", "password".toCharArray()).getEncoded());
    write("cert.pem", "CERTIFICATE", keys.getCertificate("k").getEncoded());
  }

  private void write(String file, String kind, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n";
    Path fresh = Files.writeString(folder.resolve(file + ".new"), text);
    Files.move(fresh, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
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
