package io.atoll.map;

import static io.atoll.map.MapModel.delete;
import static io.atoll.map.MapModel.once;
import static io.atoll.map.MapModel.set;
import static io.atoll.map.MapModel.setFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.quota.Account;
import io.atoll.refusal.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchDecisionTest {
  private final MapModel map = new MapModel();

  @Test
  void aNewEntryIsCreatedAndAnOldOneReplaced() {
    assertThat(map.write(set("a", "1"))).isEqualTo(new Outcome.Written(1, true));
    assertThat(map.write(set("a", "2"))).isEqualTo(new Outcome.Written(2, false));
  }

  @Test
  void versionsNeverRepeatWhateverIsDeletedAndComesBack() {
    map.write(set("a", "1"));
    map.write(delete("a"));

    assertThat(map.write(set("a", "2"))).isEqualTo(new Outcome.Written(3, true));
  }

  @Test
  void everyWriteOfABatchSeesTheOnesBeforeIt() {
    List<Outcome> outcomes =
        map.batch(set("a", "1"), set("a", "2", 1), delete("a", 2), set("a", "3", Operation.ABSENT));

    assertThat(outcomes)
        .containsExactly(
            new Outcome.Written(1, true),
            new Outcome.Written(2, false),
            new Outcome.Removed(),
            new Outcome.Written(4, true));
    assertThat(map.events).hasSize(1);
  }

  @Test
  void aConditionThatDoesNotHoldChangesNothing() {
    map.write(set("a", "1"));

    assertThat(codes(map.batch(set("a", "2", 7), set("a", "2", Operation.ABSENT), delete("a", 9))))
        .containsOnly(ErrorCode.VERSION_MISMATCH);
    assertThat(map.events).hasSize(1);
    assertThat(map.get("a")).isEqualTo(map.get("a")).isInstanceOf(Outcome.Found.class);
  }

  @Test
  void aConditionOnAnAbsentEntryIsAMismatch() {
    assertThat(
            codes(
                map.batch(
                    set("a", "2", 1),
                    set("a", "2", Operation.PRESENT),
                    delete("a", 1),
                    delete("a", Operation.PRESENT))))
        .containsOnly(ErrorCode.VERSION_MISMATCH);
  }

  @Test
  void deletingWhatIsNotThereIsNotFound() {
    assertThat(codes(map.batch(delete("a")))).containsExactly(ErrorCode.KEY_NOT_FOUND);
  }

  @Test
  void anEntryWhoseTimeIsOverIsAbsentAndLeavesBeforeItComesBack() {
    map.write(setFor("a", "1", 10));
    map.now += 10;

    assertThat(map.write(set("a", "2", Operation.ABSENT))).isEqualTo(new Outcome.Written(3, true));
    assertThat(map.events.getLast())
        .isInstanceOfSatisfying(
            MapEvent.EntriesChanged.class,
            event -> assertThat(event.changes().getFirst()).isInstanceOf(MapEvent.Expired.class));
  }

  @Test
  void expiryRemovesOnlyWhatIsDue() {
    map.write(setFor("a", "1", 10));
    map.write(setFor("b", "1", 20));
    map.now += 10;
    map.expire("b");
    map.expire("a");

    assertThat(map.state.entries()).isEqualTo(1);
    assertThat(map.account.entries()).isEqualTo(1);
  }

  @Test
  void aCapThatIsReachedRefusesGrowthAndNothingElse() {
    MapModel full = new MapModel(new Account(2, 8));
    full.write(set("a", "123"));
    full.write(set("b", "123"));

    assertThat(codes(full.batch(set("c", "1"), set("a", "1234"))))
        .containsExactly(ErrorCode.QUOTA_EXCEEDED, ErrorCode.QUOTA_EXCEEDED);
    assertThat(full.write(set("a", "321"))).isEqualTo(new Outcome.Written(3, false));
    assertThat(full.write(set("a", "1"))).isEqualTo(new Outcome.Written(4, false));
    assertThat(full.write(delete("b"))).isEqualTo(new Outcome.Removed());
    assertThat(full.write(set("c", "12345"))).isEqualTo(new Outcome.Written(6, true));
    assertThat(full.account.bytes()).isEqualTo(8);
  }

  @Test
  void anExactHitOnTheStorageLimitPasses() {
    MapModel full = new MapModel(new Account(-1, 4));

    assertThat(full.write(set("a", "123"))).isEqualTo(new Outcome.Written(1, true));
    assertThat(codes(full.batch(set("b", "1")))).containsExactly(ErrorCode.QUOTA_EXCEEDED);
  }

  @Test
  void aRepeatedRequestGetsItsFirstAnswerAndChangesNothing() {
    Operation.Set first = once(set("a", "1"), "request", "print");
    map.write(first);
    map.write(set("a", "2"));

    assertThat(map.write(first)).isEqualTo(new Outcome.Written(1, true));
    assertThat(map.get("a"))
        .isInstanceOfSatisfying(
            Outcome.Found.class, found -> assertThat(found.value()).asString().isEqualTo("2"));
  }

  @Test
  void aRepeatedRequestInTheSameBatchIsPerformedOnce() {
    Operation.Set request = once(set("a", "1"), "request", "print");

    assertThat(map.batch(request, request))
        .containsExactly(new Outcome.Written(1, true), new Outcome.Written(1, true));
    assertThat(map.state.seq()).isEqualTo(1);
  }

  @Test
  void theSameIdempotencyKeyWithAnotherRequestIsAConflict() {
    map.write(once(set("a", "1"), "request", "print"));

    assertThat(codes(map.batch(once(set("a", "2"), "request", "other"))))
        .containsExactly(ErrorCode.CONFLICT);
  }

  @Test
  void aFirstAnswerThatWasARefusalIsGivenAgain() {
    Operation.Set request = once(set("a", "1", 5), "request", "print");
    map.write(request);
    map.batch(set("a", "x"), set("a", "x"), set("a", "x"), set("a", "x"), set("a", "x"));

    assertThat(codes(map.batch(request))).containsExactly(ErrorCode.VERSION_MISMATCH);
  }

  @Test
  void anIdempotencyKeyIsForgottenAfterADay() {
    Operation.Set request = once(set("a", "1"), "request", "print");
    map.write(request);
    map.now += 24L * 60 * 60 * 1000;

    assertThat(map.write(request)).isEqualTo(new Outcome.Written(2, false));
  }

  @Test
  void receiptsAreNoEntriesAndOutliveACheckpoint() {
    Operation.Set request = once(set("a", "1"), "request", "print");
    map.write(request);
    map.checkpoint();

    assertThat(map.state.entries()).isEqualTo(1);
    assertThat(map.content()).hasSize(1);
    assertThat(map.write(request)).isEqualTo(new Outcome.Written(1, true));
  }

  @Test
  void timeInAStreamNeverGoesBack() {
    map.write(set("a", "1"));
    map.now -= 500;
    map.write(set("a", "2"));

    assertThat(map.events).extracting(MapEvent::at).containsExactly(1_000L, 1_000L);
  }

  @Test
  void aBatchMetersAllItsWritesThoseThatChangedNothingToo() {
    map.batch(set("a", "12"), delete("zz"), set("a", "3", 99));

    assertThat(map.events.getFirst())
        .isInstanceOfSatisfying(
            MapEvent.EntriesChanged.class,
            event -> {
              assertThat(event.writeOperations()).isEqualTo(3);
              assertThat(event.bytesIn()).isEqualTo(3 + 2 + 2);
              assertThat(event.storageDelta()).isEqualTo(3);
            });
  }

  private static List<ErrorCode> codes(List<Outcome> outcomes) {
    return outcomes.stream().map(outcome -> ((Outcome.Refused) outcome).refusal().code()).toList();
  }
}
