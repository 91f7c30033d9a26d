package io.atoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atoll.client.Answer;
import io.atoll.client.ApiClient;
import io.atoll.client.UnreachableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the HTTP API before and after a measurement. Thread-safe. */
final class Api implements AutoCloseable {
  static final ObjectMapper JSON = ApiClient.JSON;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ApiClient client;
  private final BenchSettings.Target target;

  Api(BenchSettings.Target target) {
    this.client = new ApiClient(target.key(), TIMEOUT);
    this.target = target;
  }

  /** Sends a request inside a tenant if one is named; fails when there is no answer. */
  Answer send(String method, String path, @Nullable String tenant, @Nullable String body) {
    try {
      return client.send(target.url(), method, path, tenant, body);
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
