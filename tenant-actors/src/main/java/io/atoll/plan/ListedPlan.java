package io.atoll.plan;

/**
 * A plan in force and where it comes from. The version grows with every change over the API; it is
 * {@link #UNCHANGED} while there was none.
 */
public record ListedPlan(Plan plan, PlanSource source, long version) {
  /** The version of a plan that nobody has stored. */
  public static final long UNCHANGED = 1;

  /** A plan that is stored. */
  public static ListedPlan of(PlanStore.Stored stored) {
    return new ListedPlan(stored.plan(), PlanSource.STORED, UNCHANGED + stored.revision());
  }
}
