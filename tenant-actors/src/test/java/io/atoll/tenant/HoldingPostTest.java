package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class HoldingPostTest {
  private record Sent(String tenantId, TenantCommand.Public command) {}

  private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
  private final Placements placements = new Placements();
  private final HoldingPost post =
      new HoldingPost((tenantId, command) -> sent.add(new Sent(tenantId, command)), placements);
  private final TestInbox<TenantReply> ear = TestInbox.create();

  @Test
  void whatIsNotHeldGoesOnItsWayAtOnce() {
    post.hold(new MoveScope.OfTenant("acme"));

    post.send("globex", close("1"));

    assertThat(sent).containsExactly(new Sent("globex", close("1")));
  }

  @Test
  void whatIsHeldFollowsInItsOrder() {
    MoveScope acme = new MoveScope.OfTenant("acme");
    post.hold(acme);
    IntStream.range(0, 100).forEach(at -> post.send("acme", close("" + at)));
    assertThat(sent).isEmpty();

    post.release(acme);
    post.send("acme", close("100"));

    assertThat(sent)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, 100)
                .mapToObj(at -> new Sent("acme", close("" + at)))
                .toList());
  }

  @Test
  void aCellHoldsTheTenantsThatBelongToItNow() {
    placements.give("acme", "elsewhere");
    post.hold(new MoveScope.OfCell("elsewhere"));
    post.hold(new MoveScope.OfCell(TenantCells.ofId("globex")));

    post.send("acme", close("1"));
    post.send("globex", close("1"));
    post.send("initech", close("1"));

    assertThat(sent).containsExactly(new Sent("initech", close("1")));
  }

  @Test
  void whatTwoHoldsKeepBackWaitsForBoth() {
    MoveScope cell = new MoveScope.OfCell(TenantCells.ofId("acme"));
    MoveScope tenant = new MoveScope.OfTenant("acme");
    post.hold(cell);
    post.hold(tenant);
    post.send("acme", close("1"));

    post.release(cell);
    assertThat(sent).isEmpty();
    post.release(tenant);
    assertThat(sent).hasSize(1);
  }

  /** Whichever of the two was first, and in whatever order they end. */
  @Test
  void whatTwoHoldsKeepBackKeepsItsOrder() {
    for (int number = 0; number < 100; number++) {
      String name = "tenant-" + number;
      MoveScope cell = new MoveScope.OfCell(TenantCells.ofId(name));
      MoveScope tenant = new MoveScope.OfTenant(name);
      for (List<MoveScope> holds : List.of(List.of(cell, tenant), List.of(tenant, cell))) {
        for (List<MoveScope> releases : List.of(holds, holds.reversed())) {
          sent.clear();
          post.hold(holds.getFirst());
          post.send(name, close("1"));
          post.hold(holds.getLast());
          post.send(name, close("2"));
          post.release(releases.getFirst());
          post.send(name, close("3"));
          post.release(releases.getLast());
          post.send(name, close("4"));

          assertThat(sent)
              .extracting(Sent::command)
              .containsExactly(close("1"), close("2"), close("3"), close("4"));
        }
      }
    }
  }

  @Test
  void whatWaitsForATenantThatGetsAnotherCellStaysBehindWhatWaitedBefore() {
    MoveScope cell = new MoveScope.OfCell(TenantCells.ofId("acme"));
    post.hold(cell);
    post.send("acme", close("1"));
    placements.give("acme", "elsewhere");
    post.send("acme", close("2"));
    assertThat(sent).isEmpty();

    post.release(cell);
    assertThat(sent).extracting(Sent::command).containsExactly(close("1"), close("2"));
  }

  @Test
  void whatWaitsTooLongIsRefusedAndTheHoldGoesOn() {
    TestInbox<TenantReply> replies = TestInbox.create();
    MoveScope acme = new MoveScope.OfTenant("acme");
    MoveScope globex = new MoveScope.OfTenant("globex");
    post.hold(acme);
    post.hold(globex);
    sendQuestions("acme", 1, replies);
    post.send("acme", close("1"));
    sendQuestions("acme", 1, replies);
    sendQuestions("globex", 1, replies);

    post.refuse(acme);

    assertThat(replies.getAllReceived())
        .hasSize(2)
        .allMatch(new TenantReply.Refused(Refusals.UNAVAILABLE)::equals);
    sendQuestions("acme", 1, replies);
    post.release(globex);
    assertThat(sent).extracting(Sent::tenantId).containsExactly("globex");
    post.release(acme);
    assertThat(sent).extracting(Sent::tenantId).containsExactly("globex", "acme", "acme");
    assertThat(sent.get(1).command()).as("what nobody waits for").isEqualTo(close("1"));
  }

  @Test
  void aFenceGoesToEachTenantThatSomethingWasSentToLately() {
    post.send("acme", close("1"));
    post.send("acme", close("2"));
    post.send("globex", close("1"));
    MoveScope acme = new MoveScope.OfTenant("acme");
    post.hold(acme);
    post.send("acme", close("3"));

    assertThat(post.fence(acme, ear.getRef())).isEqualTo(1);
    assertThat(sent.getLast()).isEqualTo(new Sent("acme", new TenantCommand.Arrive(ear.getRef())));
    post.forget();
    assertThat(post.fence(acme, ear.getRef())).isEqualTo(1);
    post.forget();
    assertThat(post.fence(acme, ear.getRef())).isZero();
  }

  @Test
  void moreThanMayWaitOfAllTenantsTogetherIsRefused() {
    TestInbox<TenantReply> replies = TestInbox.create();
    MoveScope acme = new MoveScope.OfTenant("acme");
    post.hold(acme);
    post.hold(new MoveScope.OfTenant("globex"));

    sendQuestions("acme", 60_000, replies);
    sendQuestions("globex", 40_000, replies);
    assertThat(replies.hasMessages()).isFalse();
    sendQuestions("acme", 1, replies);
    sendQuestions("globex", 1, replies);

    assertThat(replies.getAllReceived())
        .hasSize(2)
        .allMatch(new TenantReply.Refused(Refusals.UNAVAILABLE)::equals);
    post.release(acme);
    sendQuestions("globex", 60_000, replies);
    assertThat(replies.hasMessages()).isFalse();
    assertThat(sent).hasSize(60_000);
  }

  private void sendQuestions(String tenant, int count, TestInbox<TenantReply> replies) {
    for (int sent = 0; sent < count; sent++) {
      post.send(tenant, new TenantCommand.Describe(replies.getRef()));
    }
  }

  /** However sends, holds and fences meet: behind a fence nothing comes until the release. */
  @Test
  void nothingOvertakesAFence() throws InterruptedException {
    MoveScope acme = new MoveScope.OfTenant("acme");
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(2);
    List<Thread> senders = new ArrayList<>();
    for (int sender = 0; sender < 2; sender++) {
      senders.add(
          Thread.ofPlatform()
              .start(() -> {
                begun.countDown();
                while (!over.get()) {
                  post.send("acme", close("x"));
                }
              }));
    }
    begun.await();
    for (int round = 0; round < 200; round++) {
      post.hold(acme);
      post.fence(acme, ear.getRef());
      int behind = sent.size();
      Thread.onSpinWait();
      assertThat(sent).hasSize(behind);
      sent.clear();
      post.release(acme);
    }
    over.set(true);
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private static TenantCommand.Public close(String session) {
    return new TenantCommand.CloseSession(session);
  }
}
