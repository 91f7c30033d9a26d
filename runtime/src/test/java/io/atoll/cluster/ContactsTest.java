package io.atoll.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.formation.Formation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContactsTest {
  private static final List<String> SEEDS = List.of("a:1", "b:1", "c:1");
  private static final Formation NOBODY = new Formation(3, Map.of());
  private static final Formation OTHERS = new Formation(3, Map.of("d:1", 3L, "b:1", 3L));

  @Test
  void whileNobodyIsAliveTheFirstSeedMayFormACluster() {
    assertThat(Contacts.of("a:1", SEEDS, NOBODY)).isEqualTo(SEEDS);
  }

  @Test
  void whileOthersAreAliveItAsksThemAndCannotFormOne() {
    assertThat(Contacts.of("a:1", SEEDS, OTHERS)).containsExactly("b:1", "c:1", "d:1");
  }

  @Test
  void whatItSaidItselfWhenItWasHereBeforeDoesNotCount() {
    Formation itself = new Formation(3, Map.of("a:1", 3L));

    assertThat(Contacts.of("a:1", SEEDS, itself)).isEqualTo(SEEDS);
  }

  @Test
  void nodesThatAreNoSeedsAskTheSeedsFirst() {
    assertThat(Contacts.of("d:1", SEEDS, NOBODY)).isEqualTo(SEEDS);
    assertThat(Contacts.of("e:1", SEEDS, OTHERS)).containsExactly("a:1", "b:1", "c:1", "d:1");
  }

  @Test
  void aSeedThatIsNotTheFirstNeverStandsAtTheHead() {
    assertThat(Contacts.of("b:1", SEEDS, NOBODY)).startsWith("a:1");
    assertThat(Contacts.of("b:1", SEEDS, OTHERS)).containsExactly("a:1", "c:1", "d:1");
  }
}
