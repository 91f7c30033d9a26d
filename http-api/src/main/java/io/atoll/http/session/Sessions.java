package io.atoll.http.session;

import io.atoll.http.credential.Principal;
import io.atoll.http.socket.SocketSession;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/** The sessions of a node. Thread-safe. */
public final class Sessions {
  private final SessionEnvironment environment;
  private final Set<Session> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Done> stopped = new CompletableFuture<>();
  private volatile boolean stopping;

  public Sessions(SessionEnvironment environment) {
    this.environment = environment;
  }

  /** A session for an upgrade: of this holder, or (null) of one whose first frame will tell. */
  public SocketSession session(@Nullable Principal holder) {
    return new Session(this, holder);
  }

  /** Whether the node takes new sessions. */
  public boolean isOpen() {
    return !stopping;
  }

  /** How many sessions are open. */
  public int count() {
    return open.size();
  }

  /**
   * Sends all sessions away to other nodes (1012), each once its answers have left. Done when the
   * last is gone, at the latest when twice the stop timeout is over.
   */
  public CompletionStage<Done> stop() {
    stopping = true;
    open.forEach(Session::stop);
    completeWhenEmpty();
    long bound = 2 * environment.settings().stopTimeout().toMillis();
    return stopped.copy().completeOnTimeout(Done.getInstance(), bound, TimeUnit.MILLISECONDS);
  }

  SessionEnvironment environment() {
    return environment;
  }

  void opened(Session session) {
    open.add(session);
    if (stopping) {
      session.stop();
    }
  }

  void closed(Session session) {
    open.remove(session);
    completeWhenEmpty();
  }

  private void completeWhenEmpty() {
    if (stopping && open.isEmpty()) {
      stopped.complete(Done.getInstance());
    }
  }
}
