package io.atoll.faults.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.faults.history.Action;
import io.atoll.faults.history.Entry;
import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Outcome;
import io.atoll.faults.history.Outcome.Certainty;
import io.atoll.faults.history.Span;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Calls the nodes in turn, as a client library does: where the answer is {@code UNAVAILABLE}, or
 * the connection breaks, it asks another node once, with the same {@code Idempotency-Key}.
 * Thread-safe.
 */
public final class Caller {
  /** How long most callers wait for an answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Outcome NOT_SENT = new Outcome.Refused(Outcome.Refused.NOT_SENT);
  private static final Outcome BROKEN = new Outcome.Unknown("the connection broke");
  private static final Outcome UNAVAILABLE = new Outcome.Unknown("UNAVAILABLE");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final AtomicInteger turn = new AtomicInteger();
  private final Supplier<List<URI>> nodes;
  private final Map<String, String> keys;
  private final Duration timeout;

  /**
   * Calls with each tenant's API key.
   *
   * @param nodes where nodes may answer; asked for each call
   * @param timeout how long it waits for an answer
   */
  public Caller(Supplier<List<URI>> nodes, Map<String, String> keys, Duration timeout) {
    this.nodes = nodes;
    this.keys = Map.copyOf(keys);
    this.timeout = timeout;
  }

  /** Does it, and says what came of it. */
  public Operation call(int client, Entry entry, Action action) {
    String promise = UUID.randomUUID().toString();
    int first = turn.getAndIncrement();
    long invokedAt = System.nanoTime();
    Outcome outcome = attempt(first, entry, action, promise);
    int attempts = 1;
    if (outcome.equals(NOT_SENT) || outcome.equals(BROKEN) || outcome.equals(UNAVAILABLE)) {
      outcome = together(action, outcome, attempt(first + 1, entry, action, promise));
      attempts++;
    }
    Span span = new Span(invokedAt, System.nanoTime());
    return new Operation(client, entry, action, outcome, span, attempts);
  }

  /** What was refused in the end may still have happened the first time. */
  private static Outcome together(Action action, Outcome first, Outcome second) {
    boolean maybe = action.writes() && first.certainty() == Certainty.UNKNOWN;
    return maybe && second.certainty() == Certainty.FAILED ? new Outcome.Retried(second) : second;
  }

  private Outcome attempt(int number, Entry entry, Action action, String promise) {
    List<URI> urls = nodes.get();
    URI node = urls.get(Math.floorMod(number, urls.size()));
    try {
      return Reply.read(
          action, http.send(request(node, entry, action, promise), BodyHandlers.ofString(UTF_8)));
    } catch (ConnectException | HttpConnectTimeoutException refused) {
      return NOT_SENT;
    } catch (HttpTimeoutException late) {
      return new Outcome.Unknown("no answer in time");
    } catch (IOException broken) {
      return BROKEN;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private HttpRequest request(URI node, Entry entry, Action action, String promise) {
    String path = "/v1/maps/%s/entries/%s".formatted(entry.map(), entry.key());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.resolve(path))
            .timeout(timeout)
            .header("Authorization", "Bearer " + keys.get(entry.tenant()));
    if (action.writes()) {
      request.header("Idempotency-Key", promise).header("Content-Type", "application/json");
    }
    switch (action) {
      case Action.Get get -> request.GET();
      case Action.Delete delete -> request.DELETE();
      case Action.Set set -> request.PUT(BodyPublishers.ofString(set.value()));
      case Action.CompareAndSet set -> {
        request.PUT(BodyPublishers.ofString(set.value()));
        if (set.version() == 0) {
          request.header("If-None-Match", "*");
        } else {
          request.header("If-Match", "\"" + set.version() + "\"");
        }
      }
    }
    return request.build();
  }
}
