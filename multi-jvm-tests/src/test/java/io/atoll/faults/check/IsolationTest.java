package io.atoll.faults.check;

import static io.atoll.faults.check.Histories.ENTRY;
import static io.atoll.faults.check.Histories.found;
import static io.atoll.faults.check.Histories.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.faults.history.Entry;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsolationTest {
  @Test
  void aValueOfItsEntryHolds() {
    assertThat(read(ENTRY)).isEqualTo(new Verdict.Holds());
  }

  @Test
  void aValueOfAnotherTenantMapOrKeyIsFound() {
    assertThat(read(new Entry("acme2", "users", "u1"))).isInstanceOf(Verdict.Broken.class);
    assertThat(read(new Entry("acme", "orders", "u1"))).isInstanceOf(Verdict.Broken.class);
    assertThat(read(new Entry("acme", "users", "u11"))).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void manyFaultsAreCounted() {
    var foreign = get(0, 1, found("\"x\"", 1));
    assertThat(Isolation.check(Collections.nCopies(30, foreign)))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.faults()).hasSize(21).last().isEqualTo("and 10 more"));
  }

  private static Verdict read(Entry writer) {
    return Isolation.check(List.of(get(0, 1, found(writer.value(1, 1), 1))));
  }
}
