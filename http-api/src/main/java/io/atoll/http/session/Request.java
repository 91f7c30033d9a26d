package io.atoll.http.session;

import io.atoll.map.Key;
import io.atoll.map.Operation;
import io.atoll.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** One request of a frame. A tenant is named only by holders of the admin key. */
sealed interface Request {
  RequestId id();

  /** A request that says where its data is. */
  sealed interface OnTenant extends Request {
    @Nullable String tenant();
  }

  /** Presents a credential. */
  record Auth(RequestId id, String token) implements Request {
    @Override
    public String toString() {
      return "Auth[id=" + id + "]";
    }
  }

  /** Asks for a sign of life. */
  record Ping(RequestId id) implements Request {}

  /** One read or write. */
  record Data(RequestId id, @Nullable String tenant, Operation operation) implements OnTenant {}

  /** Starts a watch; {@code since} is -1 for "from now on". */
  record Watch(RequestId id, @Nullable String tenant, String map, Key prefix, long since)
      implements OnTenant {}

  /** Ends the watch that a request with the id {@code watch} started. */
  record Unwatch(RequestId id, RequestId watch) implements Request {}

  /** A request that cannot be understood. */
  record Bad(RequestId id, Refusal refusal) implements Request {}
}
