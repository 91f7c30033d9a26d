package io.atoll.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that is kept open, for load: it costs the generator's CPU little and
 * understands no more than a node sends. Not thread-safe.
 */
final class PlainConnection implements AutoCloseable {
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream input;
  private final String end;

  PlainConnection(URI url, String key) throws IOException {
    this.socket = new Socket(url.getHost(), url.getPort());
    this.socket.setTcpNoDelay(true);
    this.input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.end =
        " HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n".formatted(url.getAuthority(), key);
  }

  /** A status and a body. */
  record Reply(int status, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }
  }

  Reply get(String path) throws IOException {
    return send("GET " + path + end + "\r\n");
  }

  Reply post(String path, String json) throws IOException {
    int length = json.getBytes(UTF_8).length;
    return send(
        "POST %s%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, end, length, json));
  }

  private Reply send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(UTF_8));
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        throw new IOException("an answer in chunks");
      }
    }
    byte[] body = input.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the connection ended within an answer");
    }
    return new Reply(status, body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      line.append((char) next);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
