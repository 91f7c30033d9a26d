package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.cluster.MemberStatus;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {
  private static final MemberStatus UP = MemberStatus.up();
  private static final MemberStatus JOINING = MemberStatus.joining();
  private static final MemberStatus LEAVING = MemberStatus.leaving();

  private final Confirmations confirmations = new Confirmations("b:1");

  private record Split(Set<String> one, Set<String> other) {}

  @Test
  void ofAnyTwoPartsTheLargerGoesOn() {
    for (int size = 2; size <= 6; size++) {
      List<Agents.Seat> seats = seats(UP, names(size));
      for (Split split : splits(size)) {
        int more = split.one.size() - split.other.size();
        assertThat(Confirmations.goesOn(split.one, seats))
            .as("%s", split)
            .isEqualTo(more > 0 || (more == 0 && split.one.contains("0:1")))
            .isNotEqualTo(Confirmations.goesOn(split.other, seats));
      }
    }
  }

  /** The leader, the lowest that is up, makes the changes: its part has heard of each. */
  @Test
  void twoPartsDoNotBothGoOnWhenOneHasNotHeardOfTheLastChange() {
    for (int size = 2; size <= 6; size++) {
      for (int changing = 0; changing < size; changing++) {
        String leader = changing == 0 ? "1:1" : "0:1";
        for (Split split : splits(size)) {
          if (split.one.contains(leader)) {
            assertOneGoesOn(split, with(size, changing, UP), with(size, changing, JOINING));
            assertOneGoesOn(split, without(size, changing), with(size, changing, LEAVING));
            assertOneGoesOn(split, with(size, changing, LEAVING), with(size, changing, UP));
          }
        }
      }
    }
  }

  private static void assertOneGoesOn(
      Split split, List<Agents.Seat> leaders, List<Agents.Seat> others) {
    assertThat(
            Confirmations.goesOn(split.one, leaders) && Confirmations.goesOn(split.other, others))
        .as("%s, seen as %s and %s", split, leaders, others)
        .isFalse();
  }

  @Test
  void aNodeThatAllConfirmGoesOnWhoeverComesOrGoes() {
    for (MemberStatus status : List.of(JOINING, MemberStatus.weaklyUp(), LEAVING)) {
      assertThat(Confirmations.goesOn(Set.of("0:1", "1:1", "2:1"), with(3, 1, status))).isTrue();
    }
    assertThat(Confirmations.goesOn(Set.of("0:1"), seats(LEAVING, "0:1"))).isTrue();
    assertThat(Confirmations.goesOn(Set.of("0:1", "2:1"), with(3, 1, JOINING))).isTrue();
  }

  @Test
  void theLargerPartIsCompleteWithTheOldestConfirmationThatItNeeds() {
    confirmations.by("a:1", 40);
    confirmations.by("c:1", 70);
    confirmations.by("d:1", 60);
    confirmations.by("e:1", 50);

    assertThat(since(100, "a:1", "b:1", "c:1")).hasValue(70);
    assertThat(since(100, "a:1", "b:1", "c:1", "d:1", "e:1")).hasValue(60);
    assertThat(since(100, "b:1", "c:1")).as("the lower of two").hasValue(100);
    assertThat(since(100, "a:1", "b:1")).as("the higher of two").hasValue(40);
    assertThat(since(100, "b:1")).as("alone").hasValue(100);
  }

  @Test
  void anAnswerThatComesLateDoesNotReplaceANewerOne() {
    confirmations.by("c:1", 70);
    confirmations.by("c:1", 60);

    assertThat(since(100, "a:1", "b:1", "c:1")).hasValue(70);
  }

  @Test
  void aNodeThatHasNotAnsweredYetDoesNotCount() {
    assertThat(since(100, "a:1", "b:1", "c:1")).isEmpty();

    asked(Confirmations.PATIENCE - 1, "a:1");
    assertThat(since(100, "a:1", "b:1", "c:1")).isEmpty();
  }

  @Test
  void aNodeThatNeverAnswersIsOfAnOlderVersionAndCountsWhileItCanBeReached() {
    asked(Confirmations.PATIENCE, "a:1");

    assertThat(since(100, "a:1", "b:1", "c:1")).hasValue(100);
    List<Agents.Seat> cutOff =
        List.of(
            new Agents.Seat("a:1", UP, false),
            new Agents.Seat("b:1", UP, true),
            new Agents.Seat("c:1", UP, false));
    assertThat(confirmations.since(cutOff, 100)).isEmpty();
  }

  @Test
  void aNodeThatStoodStillHasToFindOutAnewWhoIsOfAnOlderVersion() {
    asked(Confirmations.PATIENCE, "a:1");
    confirmations.startOver();

    assertThat(since(100, "a:1", "b:1", "c:1")).isEmpty();
  }

  @Test
  void aNodeThatOnceConfirmedCountsByThatAloneEvenWhileItSeemsToBeReachable() {
    confirmations.by("a:1", 10);
    confirmations.by("c:1", 20);
    asked(Confirmations.PATIENCE, "a:1");
    asked(Confirmations.PATIENCE, "c:1");

    assertThat(since(100, "a:1", "b:1", "c:1")).hasValue(20);
  }

  @Test
  void whatANodeThatIsGoneHasConfirmedDoesNotCountForTheNextOfItsName() {
    confirmations.by("a:1", 10);
    confirmations.gone("a:1");

    assertThat(since(100, "a:1", "b:1")).isEmpty();
  }

  @Test
  void aNodeThatIsNoMemberAnyMoreIsConfirmedByNobody() {
    confirmations.by("a:1", 10);
    confirmations.by("c:1", 20);

    assertThat(since(100, "a:1", "c:1")).isEmpty();
    assertThat(since(100)).isEmpty();
  }

  private void asked(int times, String node) {
    for (int time = 0; time < times; time++) {
      confirmations.asks(node);
    }
  }

  private OptionalLong since(long now, String... nodes) {
    return confirmations.since(seats(UP, nodes), now);
  }

  private static List<Agents.Seat> seats(MemberStatus status, String... nodes) {
    return Stream.of(nodes).map(node -> new Agents.Seat(node, status, true)).toList();
  }

  private static String[] names(int size) {
    return IntStream.range(0, size).mapToObj(number -> number + ":1").toArray(String[]::new);
  }

  private static List<Agents.Seat> with(int size, int changing, MemberStatus status) {
    List<Agents.Seat> seats = new ArrayList<>(seats(UP, names(size)));
    seats.set(changing, new Agents.Seat(changing + ":1", status, true));
    return seats;
  }

  private static List<Agents.Seat> without(int size, int gone) {
    List<Agents.Seat> seats = new ArrayList<>(seats(UP, names(size)));
    seats.remove(gone);
    return seats;
  }

  /** All ways to part so many nodes in two, none of them empty. */
  private static List<Split> splits(int size) {
    List<Split> splits = new ArrayList<>();
    for (int bits = 1; bits < (1 << size) - 1; bits++) {
      Set<String> one = new HashSet<>();
      Set<String> other = new HashSet<>();
      for (int node = 0; node < size; node++) {
        ((bits >> node & 1) == 1 ? one : other).add(node + ":1");
      }
      splits.add(new Split(one, other));
    }
    return splits;
  }
}
