package io.atoll.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {
  private final Confirmations confirmations = new Confirmations("b:1");

  @Test
  void ofAnyTwoPartsOneIsTheLarger() {
    for (int size = 2; size <= 6; size++) {
      List<String> nodes = IntStream.range(0, size).mapToObj(number -> number + ":1").toList();
      for (int part = 0; part < 1 << size; part++) {
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        for (int node = 0; node < size; node++) {
          ((part >> node & 1) == 1 ? one : other).add(nodes.get(node));
        }
        assertThat(Confirmations.isLarger(one, nodes))
            .as("%s against %s", one, other)
            .isNotEqualTo(Confirmations.isLarger(other, nodes))
            .isEqualTo(
                one.size() > other.size() || (one.size() == other.size() && one.contains("0:1")));
      }
    }
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

    assertThat(confirmations.since(seats("b:0", "b:1", "c:1"), 100)).hasValue(100);
    confirmations.by("b:0", 10);
    assertThat(since(100, "b:0", "b:1", "c:1")).hasValue(70);
  }

  @Test
  void aNodeThatConfirmsNothingIsOfAnOlderVersionAndCountsWhileItCanBeReached() {
    assertThat(since(100, "a:1", "b:1", "c:1")).hasValue(100);

    List<Agents.Seat> cutOff =
        List.of(
            new Agents.Seat("a:1", false),
            new Agents.Seat("b:1", true),
            new Agents.Seat("c:1", false));
    assertThat(confirmations.since(cutOff, 100)).isEmpty();
  }

  @Test
  void aNodeThatOnceConfirmedCountsByThatAloneEvenWhileItSeemsToBeReachable() {
    confirmations.by("a:1", 10);
    confirmations.by("c:1", 20);

    assertThat(since(100, "a:1", "b:1", "c:1")).hasValue(20);
  }

  @Test
  void whatANodeThatIsGoneHasConfirmedDoesNotCountForTheNextOfItsName() {
    confirmations.by("a:1", 10);
    confirmations.gone("a:1");

    assertThat(confirmations.hasEverConfirmed("a:1")).isFalse();
    assertThat(
            confirmations.since(
                List.of(new Agents.Seat("a:1", false), new Agents.Seat("b:1", true)), 100))
        .isEmpty();
  }

  @Test
  void aNodeThatHasNoSeatAnyMoreIsConfirmedByNobody() {
    confirmations.by("a:1", 10);
    confirmations.by("c:1", 20);

    assertThat(since(100, "a:1", "c:1", "d:1", "e:1", "f:1")).isEmpty();
    assertThat(since(100)).isEmpty();
  }

  private OptionalLong since(long now, String... nodes) {
    return confirmations.since(seats(nodes), now);
  }

  private static List<Agents.Seat> seats(String... nodes) {
    return Stream.of(nodes).map(node -> new Agents.Seat(node, true)).toList();
  }
}
