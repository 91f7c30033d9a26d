package io.atoll.tenant;

import io.atoll.map.Key;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.map.Outcome;
import io.atoll.plan.Tier;
import io.atoll.quota.RateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A request of writes in the envelope of the shards, and its answer: turned into bytes and back, as
 * a command that crosses nodes and its reply do. The numbers of bytes are printed at the start.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageBenchmark {
  private static final int VALUE_BYTES = 256;

  @Param({"1", "32"})
  private int operations;

  private final ActorTestKit testKit = ActorTestKit.create(SentMessagesTest.remote());
  private final Serialization serialization =
      SerializationExtension.get(Adapter.toClassic(testKit.system()));
  private Message request = new Message(serialization, new TenantCommand.Stop());
  private Message plain = request;
  private Message reply = request;

  /** A message with its serializer and its bytes. */
  private record Message(SerializerWithStringManifest serializer, Object sent, byte[] bytes) {
    Message(Serialization serialization, Object sent) {
      SerializerWithStringManifest serializer =
          (SerializerWithStringManifest) serialization.findSerializerFor(sent);
      this(serializer, sent, serializer.toBinary(sent));
    }

    byte[] write() {
      return serializer.toBinary(sent);
    }

    Object read(Serialization serialization) {
      return serialization
          .deserialize(bytes, serializer.identifier(), serializer.manifest(sent))
          .get();
    }
  }

  @Setup
  public void fill() {
    List<Operation> writes = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    int[] positions = new int[operations];
    for (int i = 0; i < operations; i++) {
      Key key = Key.of("key-" + i);
      writes.add(new Operation.Set("users", key, new byte[VALUE_BYTES], -1, -1, null));
      outcomes.add(new Outcome.Written(100_000 + i, false));
      positions[i] = i;
    }
    ActorRef<OperateReply> replyTo =
        ActorRefResolver.get(testKit.system())
            .resolveActorRef("pekko://atoll@127.0.0.1:25520/temp/edge-replies");
    TenantCommand command =
        new TenantCommand.Operate(Caller.key("k1234567"), 1_000_000, writes, replyTo);
    RateStatus rate = new RateStatus(1_000, 2_000, 1_500, 500);
    plain = new Message(serialization, command);
    request = new Message(serialization, new ShardingEnvelope<>("tenant-1234", command));
    reply =
        new Message(
            serialization,
            new OperateReply.Outcomes("tenant-1234", 1_000_000, positions, outcomes, Tier.A, rate));
    System.out.printf(
        "bytes: request %d, in its envelope %d, reply %d%n",
        plain.bytes().length, request.bytes().length, reply.bytes().length);
  }

  @TearDown
  public void stop() {
    testKit.shutdownTestKit();
  }

  @Benchmark
  public byte[] requestWritten() {
    return plain.write();
  }

  @Benchmark
  public Object requestRead() {
    return plain.read(serialization);
  }

  @Benchmark
  public byte[] envelopeWritten() {
    return request.write();
  }

  @Benchmark
  public Object envelopeRead() {
    return request.read(serialization);
  }

  @Benchmark
  public byte[] replyWritten() {
    return reply.write();
  }

  @Benchmark
  public Object replyRead() {
    return reply.read(serialization);
  }
}
