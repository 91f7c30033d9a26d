package io.atoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atoll.client.Answer;
import io.atoll.client.ApiClient;
import io.atoll.client.UnreachableException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Calls the HTTP API before and after a measurement. Thread-safe. */
final class Api implements AutoCloseable {
  static final ObjectMapper JSON = ApiClient.JSON;

  static final int MOST_TRIES = 6;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final ApiClient client;
  private final BenchSettings.Target target;
  private final Duration pause;

  Api(BenchSettings.Target target) {
    this(target, PAUSE);
  }

  /** Waits so long before it asks again. */
  Api(BenchSettings.Target target, Duration pause) {
    this.client = new ApiClient(target.key(), TIMEOUT);
    this.target = target;
    this.pause = pause;
  }

  /** Sends a request inside a tenant if one is named; fails when there is no answer. */
  Answer send(String method, String path, @Nullable String tenant, @Nullable String body) {
    return answer(() -> client.send(target.url(), method, path, tenant, body));
  }

  /**
   * As above, and sends it again while the node says that it cannot answer just now, as a cluster
   * does that has just started; it is carried out once.
   */
  Answer insist(String method, String path, @Nullable String body) {
    String key = UUID.randomUUID().toString();
    Answer answer = once(method, path, body, key);
    for (int tries = 1; answer.status() == 503 && tries < MOST_TRIES; tries++) {
      LockSupport.parkNanos(pause.toNanos());
      answer = once(method, path, body, key);
    }
    return answer;
  }

  private Answer once(String method, String path, @Nullable String body, String key) {
    return answer(() -> client.sendOnce(target.url(), method, path, body, key));
  }

  private interface Sending {
    Answer send() throws UnreachableException, InterruptedException;
  }

  private static Answer answer(Sending sending) {
    try {
      return sending.send();
    } catch (UnreachableException silent) {
      throw new BenchException(String.valueOf(silent.getMessage()));
    } catch (InterruptedException e) {
      throw Await.interrupted();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
