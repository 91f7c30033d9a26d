package io.atoll.directory;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.plan.PlanStore;
import io.atoll.plan.Plans;
import io.atoll.store.EmbeddedStore;
import io.atoll.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlanStoreTest extends PlanStoreContract {
  @TempDir Path folder;
  private EmbeddedStore store;
  private PlanStore plans;

  @BeforeEach
  void open() {
    store = Stores.open(folder);
    plans = new EmbeddedPlanStore(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected PlanStore store() {
    return plans;
  }

  @Test
  void plansAreThereAfterTheStoreWasClosed() {
    result(plans.keep(Plans.builtIn().find(Plans.PRO).orElseThrow(), 0));
    PlanStore.Snapshot before = result(plans.read());
    store.close();
    open();

    assertThat(before.plans()).hasSize(1);
    assertThat(result(plans.read())).isEqualTo(before);
  }
}
