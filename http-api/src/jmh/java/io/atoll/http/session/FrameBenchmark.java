package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.map.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames of requests, half of them writes of 256 bytes, and frames of their replies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
  private static final int MAX_REQUESTS = 50_000;
  private static final int MAX_VALUE_BYTES = 1 << 20;
  private static final String VALUE = "{\"v\":\"" + "x".repeat(248) + "\"}";

  @Param({"1", "32"})
  private int operations;

  private final FrameReader reader =
      new FrameReader(new RequestBuilder(MAX_VALUE_BYTES), MAX_REQUESTS);
  private final ReplyWriter writer = new ReplyWriter();
  private final Outcome found = new Outcome.Found(VALUE.getBytes(UTF_8), 1_234_567);
  private final Outcome written = new Outcome.Written(1_234_567, false);
  private byte[] frame = {};
  private RequestId[] ids = {};

  @Setup
  public void makeFrame() {
    StringBuilder text = new StringBuilder("[");
    ids = new RequestId[operations];
    for (int i = 0; i < operations; i++) {
      String id = Integer.toString(1_000 + i);
      ids[i] = RequestId.of(id.getBytes(US_ASCII), 0, id.length());
      text.append(i == 0 ? "" : ",").append(request(id, i % 2 == 0));
    }
    frame = text.append(']').toString().getBytes(UTF_8);
  }

  @Benchmark
  public Frame read() {
    Frame read = reader.read(frame);
    if (read instanceof Frame.Requests requests && requests.requests().size() == operations) {
      return read;
    }
    throw new IllegalStateException("not read: " + read);
  }

  @Benchmark
  public byte[] write() {
    for (int i = 0; i < operations; i++) {
      writer.outcome(ids[i], i % 2 == 0 ? written : found);
    }
    return writer.take();
  }

  private static String request(String id, boolean write) {
    return "{\"id\":"
        + id
        + (write ? ",\"op\":\"set\"" : ",\"op\":\"get\"")
        + ",\"tenant\":\"tenant-0001\",\"map\":\"map-1\",\"key\":\"key-000123\""
        + (write ? ",\"value\":" + VALUE : "")
        + "}";
  }
}
