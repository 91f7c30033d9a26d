package io.atoll.tenant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.map.Damage;
import io.atoll.map.Generated;
import io.atoll.map.Idempotency;
import io.atoll.map.OperateReply;
import io.atoll.map.Operation;
import io.atoll.tenant.TenantCommand.Operate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

class OperateCodecTest {
  private static final ActorTestKit testKit = ActorTestKit.create();
  private static final ActorRef<OperateReply> replyTo =
      testKit.<OperateReply>createTestProbe().ref();
  private static final OperateCodec codec =
      new OperateCodec(ActorRefResolver.get(testKit.system()));

  @AfterContainer
  static void stop() {
    testKit.shutdownTestKit();
  }

  @Property(tries = 500)
  void everyRequestArrivesAsItWasSent(@ForAll("requests") Operate request) {
    assertThat(codec.decode(codec.encode(request)))
        .usingRecursiveComparison()
        .withEqualsForType(Object::equals, ActorRef.class)
        .isEqualTo(request);
  }

  @Provide
  Arbitrary<Operate> requests() {
    return Combinators.combine(
            callers(),
            Generated.numbers(),
            Generated.operations(),
            Generated.promises(),
            Arbitraries.of(true, false))
        .as((caller, correlation, operations, promise, continued) ->
            new Operate(caller, correlation, operations, promise, continued, replyTo));
  }

  private static Arbitrary<Caller> callers() {
    return Arbitraries.oneOf(
        Arbitraries.of(Caller.ADMIN, Caller.TOKEN), Generated.texts().map(Caller::key));
  }

  @Example
  void messagesThatEndEarlyAreRefused() {
    Damage.everyCutIsRefused(codec.encode(request()), codec::decode);
  }

  @Example
  void damagedMessagesNeverNeedMuchMemory() {
    Damage.changesNeverNeedMuchMemory(codec.encode(request()), codec::decode);
  }

  @Example
  void anotherVersionIsRefusedWithItsNumber() {
    byte[] sent = codec.encode(request());
    sent[0] = 2;

    assertThatThrownBy(() -> codec.decode(sent)).hasMessageContaining("version 2");
  }

  @Example
  void theNameOfAMapIsSentOnce() {
    byte[] sent = codec.encode(request());

    assertThat(new String(sent, ISO_8859_1).split("users", -1)).hasSize(2);
  }

  private static Operate request() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      operations.add(TenantHarness.set("users", "key-" + i, "1".repeat(50)));
    }
    return new Operate(
        Caller.key("key1"), 5, operations, new Idempotency("again", "print"), true, replyTo);
  }
}
