package io.atoll.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The plans in force on this node: the built-in ones, those of the configuration over them, and the
 * stored ones over both. Thread-safe; a look at the plans is one volatile read.
 */
public final class PlanBook implements Supplier<Plans> {
  private volatile Layers layers = new Layers(List.of(), PlanStore.Snapshot.EMPTY);

  @Override
  public Plans get() {
    return layers.plans;
  }

  /** Puts the plans of the configuration in force; returns whether any plan has changed by it. */
  public synchronized boolean configure(Collection<Plan> plans) {
    return replace(new Layers(plans, layers.stored));
  }

  /**
   * Puts the stored plans in force, unless newer ones are already; returns whether any plan has
   * changed by it.
   */
  public synchronized boolean store(PlanStore.Snapshot stored) {
    return stored.revision() > layers.stored.revision()
        && replace(new Layers(layers.configured, stored));
  }

  /** The revision of the stored plans in force. */
  public long revision() {
    return layers.stored.revision();
  }

  /** All plans: the built-in ones first, then the others by name. */
  public List<ListedPlan> all() {
    Layers now = layers;
    return now.plans.all().stream().map(plan -> now.listed(plan.name()).orElseThrow()).toList();
  }

  public Optional<ListedPlan> find(String name) {
    return layers.listed(name);
  }

  /**
   * What the parts of a definition are that it leaves out: those of the plan of that name without
   * what is stored; a new plan starts from the default one.
   */
  public Plan base(String name) {
    Layers now = layers;
    return now.beneath(name).or(() -> now.beneath(Plans.DEFAULT)).orElseThrow().named(name);
  }

  private boolean replace(Layers next) {
    boolean changed = !List.copyOf(layers.plans.all()).equals(List.copyOf(next.plans.all()));
    layers = next;
    return changed;
  }

  private static final class Layers {
    private final List<Plan> configured;
    private final PlanStore.Snapshot stored;
    private final Map<String, ListedPlan> beneath = new TreeMap<>();
    private final Map<String, ListedPlan> all;
    private final Plans plans;

    Layers(Collection<Plan> configured, PlanStore.Snapshot stored) {
      this.configured = List.copyOf(configured);
      this.stored = stored;
      Plans.builtIn().all().forEach(plan -> put(plan, PlanSource.BUILT_IN));
      this.configured.forEach(plan -> put(plan, PlanSource.CONFIGURATION));
      this.all = new TreeMap<>(beneath);
      stored.plans().forEach(plan -> all.put(plan.plan().name(), ListedPlan.of(plan)));
      this.plans = Plans.builtIn().with(all.values().stream().map(ListedPlan::plan).toList());
    }

    private void put(Plan plan, PlanSource source) {
      beneath.put(plan.name(), new ListedPlan(plan, source, ListedPlan.UNCHANGED));
    }

    Optional<Plan> beneath(String name) {
      return Optional.ofNullable(beneath.get(name)).map(ListedPlan::plan);
    }

    Optional<ListedPlan> listed(String name) {
      return Optional.ofNullable(all.get(name));
    }
  }
}
