package io.atoll.http.listener;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate and key. Files that change are taken up for the connections that come
 * after; files that cannot be used are reported and the last good ones stay. Thread-safe.
 */
final class TlsContext {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

  private final ListenerSettings.TlsFiles files;
  private volatile SslContext loaded;
  private volatile Stamp seen;

  /** Reads the files; fails when they cannot be used. */
  TlsContext(ListenerSettings.TlsFiles files) throws IOException {
    this.files = files;
    this.seen = Stamp.of(files);
    this.loaded = load(files);
  }

  SslContext current() {
    return loaded;
  }

  /** Takes up the files if they have changed. */
  void refresh() {
    try {
      Stamp now = Stamp.of(files);
      if (!now.equals(seen)) {
        seen = now;
        loaded = load(files);
        LOG.info("TLS certificate reloaded from {}", files.certificate());
      }
    } catch (IOException | RuntimeException unusable) {
      LOG.warn("TLS files are not usable, the last good ones stay", unusable);
    }
  }

  private static SslContext load(ListenerSettings.TlsFiles files) throws IOException {
    return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }

  private record Stamp(FileTime certificate, FileTime key, long sizes) {
    static Stamp of(ListenerSettings.TlsFiles files) throws IOException {
      Path certificate = files.certificate();
      Path key = files.key();
      return new Stamp(
          Files.getLastModifiedTime(certificate),
          Files.getLastModifiedTime(key),
          Files.size(certificate) * 31 + Files.size(key));
    }
  }
}
