package io.atoll.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.upgrade.Plan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final List<Planned> NODES =
      List.of(new Planned("a:1", Views.BEGUN), new Planned("b:1", Views.BEGUN.minusMillis(1)));

  @TempDir Path folder;
  private StateFile file;

  @BeforeEach
  void name() {
    file = new StateFile(folder.resolve("state.json"));
  }

  @Test
  void aPlanIsReadAsItWasKept() {
    for (Plan plan :
        List.of(
            new Plan(Views.BEGUN, Optional.of("2"), NODES, Optional.of("a:1")),
            new Plan(Views.BEGUN, Optional.empty(), NODES, Optional.empty()))) {
      file.save(plan);
      assertThat(file.load()).contains(plan);
    }
  }

  @Test
  void withoutAFileThereIsNoPlan() {
    assertThat(file.load()).isEmpty();
    file.save(new Plan(Views.BEGUN, Optional.empty(), NODES, Optional.empty()));
    file.delete();
    assertThat(file.load()).isEmpty();
    file.delete();
  }

  @Test
  void aFileThatIsNoPlanIsRefused() throws IOException {
    for (String text : List.of("", "{", "{}", "{\"begun\":\"yesterday\"}")) {
      Files.writeString(file.path(), text);
      assertThatThrownBy(file::load)
          .as(text)
          .isInstanceOf(UpgradeException.class)
          .hasMessageContaining("state.json");
    }
  }

  @Test
  void aFileThatCannotBeWrittenStopsTheUpgrade() {
    StateFile nowhere = new StateFile(folder.resolve("missing/state.json"));

    assertThatThrownBy(
            () -> nowhere.save(new Plan(Views.BEGUN, Optional.empty(), NODES, Optional.empty())))
        .isInstanceOf(UpgradeException.class);
  }
}
