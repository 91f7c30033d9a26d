package io.atoll.bench;

import io.atoll.client.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Makes the tenants of a run, fills them, and removes those that it has made. */
final class Tenants {
  private static final int PARALLEL = 16;

  private final Api api;
  private final BenchSettings.Data data;
  private final Population population;
  private final List<String> made = Collections.synchronizedList(new ArrayList<>());

  Tenants(Api api, BenchSettings settings, Population population) {
    this.api = api;
    this.data = settings.data();
    this.population = population;
  }

  /**
   * Makes those that are not there; one that is there must be as it would have been made. Fails
   * with {@link UnknownPlanException} before it makes any.
   */
  void make() {
    checkPlans();
    each(this::make);
  }

  private void checkPlans() {
    Answer answer = api.send("GET", "/api/plans", null, null);
    if (answer.status() != 200) {
      throw new BenchException("cannot read the plans: " + answer.problem());
    }
    List<String> known = new ArrayList<>();
    answer.body().path("items").forEach(plan -> known.add(plan.path("name").asText()));
    for (String plan : population.plans()) {
      if (!known.contains(plan)) {
        throw new UnknownPlanException(plan, known);
      }
    }
  }

  /** Writes each key of each map once. */
  void fill(Preload preload) {
    each(tenant -> preload.fill(population.named() ? population.tenants().get(tenant) : null));
  }

  /** How many of them were made by this run. */
  int made() {
    return made.size();
  }

  /** Erases those that were made by this run. */
  void remove() {
    List<String> doomed = List.copyOf(made);
    inParallel(doomed.size(), number -> remove(doomed.get(number)));
    made.clear();
  }

  private void make(int tenant) {
    String id = population.tenants().get(tenant);
    String plan = population.plans().get(population.planOf()[tenant]);
    String body =
        Api.JSON
            .createObjectNode()
            .put("id", id)
            .put("name", "atoll bench")
            .put("plan", plan)
            .toString();
    Answer answer = api.insist("POST", "/api/tenants", body);
    switch (answer.status()) {
      case 201 -> made.add(id);
      case 409 -> check(id, plan);
      default -> throw new BenchException("cannot make tenant " + id + ": " + answer.problem());
    }
  }

  private void check(String id, String plan) {
    Answer present = api.send("GET", "/api/tenants/" + id, null, null);
    String status = present.body().path("status").asText(present.code());
    String kept = present.body().path("plan").asText("");
    if (present.status() != 200 || !status.equals("active") || !kept.equals(plan)) {
      throw new BenchException(
          "tenant %s is there, but %s %s and not active with plan %s; take another --prefix"
              .formatted(id, status, kept, plan));
    }
  }

  private void remove(String id) {
    Answer deleted = api.insist("DELETE", "/api/tenants/" + id, null);
    Answer purged = api.insist("DELETE", "/api/tenants/" + id + "?purge=true", null);
    if (purged.status() != 204 && purged.status() != 404) {
      Answer failed = deleted.status() == 204 ? purged : deleted;
      throw new BenchException("cannot remove tenant " + id + ": " + failed.problem());
    }
  }

  private void each(IntConsumer work) {
    inParallel(data.tenants(), work);
  }

  private static void inParallel(int count, IntConsumer work) {
    List<Future<?>> pending = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      for (int number = 0; number < count; number++) {
        int mine = number;
        pending.add(pool.submit(() -> work.accept(mine)));
      }
      try {
        pending.forEach(Await::done);
      } catch (BenchException failed) {
        pool.shutdownNow();
        throw failed;
      }
    }
  }
}
