package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of 127.0.0.1 that has signed itself, as {@code cert.pem} and {@code key.pem}. */
public final class TestCertificate {
  private static final char[] PASSWORD = "password".toCharArray();

  private final Path folder;
  private final KeyStore keys;

  private TestCertificate(Path folder, KeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** Makes a certificate of this common name and writes its files over those of another. */
  public static TestCertificate make(Path folder, String name) {
    try {
      Path store = folder.resolve(name + ".p12");
      generate(store, name);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      write(folder, "key.pem", "PRIVATE KEY", keys.getKey("k", PASSWORD).getEncoded());
      write(folder, "cert.pem", "CERTIFICATE", keys.getCertificate("k").getEncoded());
      return new TestCertificate(folder, keys);
    } catch (IOException | GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  /** The part of {@code atoll.http.listener} that uses the files. */
  public String settings() {
    return settings(folder);
  }

  static String settings(Path folder) {
    return "tls { certificate-file = \"%s\", key-file = \"%s\", check-interval = 50 ms }"
        .formatted(folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  /** What a client needs that trusts this certificate and no other. */
  public SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("k", keys.getCertificate("k"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void generate(Path store, String name) throws IOException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
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
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            store.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    try {
      assertThat(process.waitFor())
          .as("keytool: %s", new String(said, StandardCharsets.UTF_8))
          .isZero();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static void write(Path folder, String file, String kind, byte[] bytes)
      throws IOException {
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
}
