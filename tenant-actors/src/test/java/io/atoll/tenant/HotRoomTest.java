package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HotRoomTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final HotRoom room = new HotRoom(100, now::get);
  private final Map<String, HotRoom.Place> places = new HashMap<>();
  private final Map<String, AtomicLong> uses = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  @Test
  void nobodyIsAskedWhileThereIsRoom() {
    enter("a", 50);
    enter("b", 50);

    assertThat(asked).isEmpty();
    assertThat(room.bytes()).isEqualTo(100);
  }

  @Test
  void theLeastRecentlyUsedLeaveFirstUntilATwentiethIsFree() {
    enter("a", 30);
    enter("b", 30);
    enter("c", 40);
    use("a");
    enter("d", 10);
    assertThat(asked).containsExactly("b");

    enter("e", 40);
    pass();
    enter("f", 1);
    assertThat(asked).containsExactly("b", "c");
  }

  @Test
  void whoWasAskedIsNotAskedAgainAndNotCounted() {
    enter("a", 60);
    enter("b", 60);
    pass();
    enter("c", 20);

    assertThat(asked).containsExactly("a");
    assertThat(room.bytes()).isEqualTo(140);
    room.leave(places.get("a"));
    room.leave(places.get("a"));
    assertThat(room.bytes()).isEqualTo(80);
  }

  @Test
  void whoCannotLeaveCountsAsUsedAndTheNextIsAsked() {
    enter("a", 60);
    enter("b", 60);
    pass();
    room.stay(places.get("a"));
    enter("c", 1);

    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void aBurstOfStartsLooksOnceInAWhile() {
    enter("a", 60);
    enter("b", 60);
    enter("c", 60);
    assertThat(asked).containsExactly("a");

    pass();
    enter("d", 1);
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void aTenantThatGrowsMakesOthersLeave() {
    enter("a", 20);
    enter("b", 20);
    use("b");
    room.weigh(places.get("b"), 90);

    assertThat(asked).containsExactly("a");
    assertThat(room.bytes()).isEqualTo(110);
    room.weigh(places.get("b"), 10);
    assertThat(room.bytes()).isEqualTo(30);
  }

  @Test
  void whoHasLeftWeighsNothing() {
    enter("a", 20);
    room.leave(places.get("a"));
    room.weigh(places.get("a"), 50);

    assertThat(room.bytes()).isZero();
  }

  private void enter(String name, long bytes) {
    now.incrementAndGet();
    uses.put(name, new AtomicLong(now.get()));
    places.put(name, room.enter(uses.get(name), bytes, () -> asked.add(name)));
  }

  private void use(String name) {
    uses.get(name).set(now.incrementAndGet());
  }

  private void pass() {
    now.addAndGet(HotRoom.PAUSE_NANOS);
  }
}
