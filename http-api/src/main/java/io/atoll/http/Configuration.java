package io.atoll.http;

import io.atoll.plan.ListedPlan;
import io.atoll.plan.Plan;
import io.atoll.plan.PlanBook;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What of the nodes' configuration the API shows and changes while they run. Thread-safe. */
public interface Configuration {
  /** The plans as this node knows them. */
  PlanBook plans();

  /**
   * Stores the plan for all nodes and puts it in force here; the others have it within seconds.
   * Fails when it may or may not be stored.
   *
   * @param condition the version that it must have now, or one of those conditions that {@link
   *     io.atoll.map.Operation} names
   */
  CompletionStage<PlanChange> keep(Plan plan, long condition);

  /** What came of storing a plan. */
  sealed interface PlanChange {
    /** It is stored, in the place of the one before, if there was a plan of that name. */
    record Kept(ListedPlan plan, Optional<ListedPlan> before) implements PlanChange {
      /** There was no plan of that name. */
      public boolean created() {
        return before.isEmpty();
      }
    }

    /** It has another version than it must have. */
    record Mismatch() implements PlanChange {}

    /** Others have changed plans all the time. */
    record Contended() implements PlanChange {}
  }

  /** Has all nodes read again what the scope names; says how it went on each of them. */
  CompletionStage<List<Reloaded>> reload(Reload scope);

  /**
   * What is read again.
   *
   * @param plans the plans and the configuration files
   * @param memory what the edges remember of credentials and refusals: of all, or of one tenant
   */
  record Reload(boolean plans, Memory memory) {
    /** The same for everything. */
    public static final Reload EVERYTHING = new Reload(true, new Memory.OfAll());
  }

  /** Whose traces an edge forgets. */
  sealed interface Memory {
    record OfAll() implements Memory {}

    record OfTenant(String tenantId) implements Memory {}

    record OfNobody() implements Memory {}
  }

  /**
   * How it went on one node.
   *
   * @param status reloaded, failed or silent
   * @param error what was wrong; nothing of what could not be read has changed
   * @param needRestart names of keys that have changed and hold only after a restart
   */
  record Reloaded(String node, String status, @Nullable String error, List<String> needRestart) {
    public static final String DONE = "reloaded";
    public static final String FAILED = "failed";
    public static final String SILENT = "silent";

    public Reloaded {
      needRestart = List.copyOf(needRestart);
    }
  }
}
