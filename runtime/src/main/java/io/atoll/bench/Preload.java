package io.atoll.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import io.atoll.client.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes all entries of a tenant in batches, as fast as its quotas let it. */
final class Preload {
  private static final int LARGEST_BATCH = 500;
  private static final int BATCH_BYTES = 1 << 20;
  private static final long LONGEST_WAIT_MS = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Api api;
  private final BenchSettings.Data data;
  private final Values values;

  Preload(Api api, BenchSettings settings) {
    this.api = api;
    this.data = settings.data();
    this.values = new Values(data.valueBytes(), new SplittableRandom(1));
  }

  /** Fills the tenant that is named, or else the one that the key belongs to. */
  void fill(@Nullable String tenant) {
    int batch = Math.clamp(BATCH_BYTES / data.valueBytes(), 1, LARGEST_BATCH);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ArrayDeque<Integer> left = new ArrayDeque<>(data.maps() * data.keys());
    IntStream.range(0, data.maps() * data.keys()).forEach(left::addLast);
    while (!left.isEmpty()) {
      List<Integer> now = new ArrayList<>(batch);
      while (now.size() < batch && !left.isEmpty()) {
        now.add(left.removeFirst());
      }
      Refused refused = write(tenant, now);
      left.addAll(refused.entries());
      if (refused.waitMs() > 0) {
        if (System.nanoTime() > deadline) {
          throw failed(tenant, "its quotas let too little through; try --no-preload");
        }
        sleep(refused.waitMs());
      }
    }
  }

  /** What has to be tried again, and after how long. */
  private record Refused(List<Integer> entries, long waitMs) {}

  private Refused write(@Nullable String tenant, List<Integer> entries) {
    Answer answer = api.send("POST", "/v1/batch", tenant, body(entries));
    if (answer.status() == 429 || answer.status() == 503) {
      return new Refused(List.copyOf(entries), wait(answer.body()));
    }
    if (answer.status() != 200) {
      throw failed(tenant, answer.problem());
    }
    List<Integer> again = new ArrayList<>();
    long waitMs = 0;
    for (int i = 0; i < entries.size(); i++) {
      JsonNode item = answer.body().path(i);
      int status = item.path("status").asInt();
      if (status == 429 || status == 503) {
        again.add(entries.get(i));
        waitMs = Math.max(waitMs, wait(item.path("error")));
      } else if (status != 200 && status != 201) {
        throw failed(tenant, item.path("error").path("code").asText("HTTP_" + status));
      }
    }
    return new Refused(again, waitMs);
  }

  private String body(List<Integer> entries) {
    StringBuilder body = new StringBuilder();
    for (int entry : entries) {
      body.append(body.isEmpty() ? '[' : ',')
          .append("{\"op\":\"set\",\"map\":\"")
          .append(Wire.map(entry / data.keys()))
          .append("\",\"key\":\"")
          .append(Wire.key(entry % data.keys()))
          .append("\",\"value\":")
          .append(new String(values.value(entry % values.count()), US_ASCII))
          .append('}');
    }
    return body.append(']').toString();
  }

  private static long wait(JsonNode error) {
    return Math.clamp(error.path("retryAfter").asLong(100), 100, LONGEST_WAIT_MS);
  }

  private static BenchException failed(@Nullable String tenant, String why) {
    return new BenchException(
        "cannot write the entries" + (tenant == null ? "" : " of tenant " + tenant) + ": " + why);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw Await.interrupted();
    }
  }
}
