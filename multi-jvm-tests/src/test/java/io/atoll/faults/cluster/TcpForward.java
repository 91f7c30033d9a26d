package io.atoll.faults.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port that leads to a server on another address. */
final class TcpForward implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final ServerSocket listener;
  private final String host;
  private final int port;

  private TcpForward(ServerSocket listener, String host, int port) {
    this.listener = listener;
    this.host = host;
    this.port = port;
  }

  /** Leads from a free port of the address to {@code host:port}. */
  static TcpForward open(String address, String to) {
    int colon = to.lastIndexOf(':');
    try {
      TcpForward forward =
          new TcpForward(
              new ServerSocket(0, BACKLOG, InetAddress.getByName(address)),
              to.substring(0, colon),
              Integer.parseInt(to.substring(colon + 1)));
      Thread.ofVirtual().start(forward::accept);
      return forward;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Thread.ofVirtual().start(() -> connect(caller));
      } catch (IOException closed) {
        close();
      }
    }
  }

  private void connect(Socket caller) {
    try (caller;
        Socket server = new Socket(host, port)) {
      caller.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread answers = Thread.ofVirtual().start(() -> copy(server, caller));
      copy(caller, server);
      answers.join();
    } catch (IOException refused) {
      // The caller's connection is closed, and that is all that it is told.
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Until one of the two ends; then both end. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // Both ends are closed, which tells the other direction.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
