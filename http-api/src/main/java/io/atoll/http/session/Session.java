package io.atoll.http.session;

import io.atoll.http.credential.Principal;
import io.atoll.http.socket.Socket;
import io.atoll.http.socket.SocketSession;
import org.jspecify.annotations.Nullable;

/** A session from before its socket opens until after it closed. */
final class Session implements SocketSession {
  private final Sessions sessions;
  private final @Nullable Principal holder;
  private volatile @Nullable SessionCore core;
  private volatile @Nullable Socket socket;

  /** A session of this holder, null for one whose credential comes in the first frame. */
  Session(Sessions sessions, @Nullable Principal holder) {
    this.sessions = sessions;
    this.holder = holder;
  }

  @Override
  public void opened(Socket opened) {
    SessionCore opening = new SessionCore(sessions.environment(), opened);
    core = opening;
    socket = opened;
    opening.begin(holder);
    sessions.opened(this);
  }

  @Override
  public void received(byte[] text) {
    SessionCore open = core;
    if (open != null) {
      open.received(text);
    }
  }

  @Override
  public void writable() {
    SessionCore open = core;
    if (open != null) {
      open.writable();
    }
  }

  @Override
  public void closed(int code) {
    SessionCore open = core;
    if (open != null) {
      open.closed();
    }
    sessions.closed(this);
  }

  /** Ends an open session once its answers have left. May be called from any thread. */
  void stop() {
    Socket opened = socket;
    SessionCore open = core;
    if (opened != null && open != null) {
      opened.execute(open::stop);
    }
  }
}
