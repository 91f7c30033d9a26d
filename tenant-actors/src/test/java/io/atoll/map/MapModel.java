package io.atoll.map;

import io.atoll.quota.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A map without actors: decides against a state, applies the event, folds when told. Beside it a
 * plain sorted map says what it should hold.
 */
final class MapModel {
  private static final String STREAM = "map|acme|1|users";
  private static final int PAGE_BYTES = 256;

  final Account account;
  final List<MapEvent> events = new ArrayList<>();
  final NavigableMap<Key, byte[]> expected = new TreeMap<>();
  final InMemoryPageStore store = new InMemoryPageStore();
  final StreamPages pages = new StreamPages(STREAM, store, new PageCache(1 << 20));
  MapState state = MapState.EMPTY;
  long now = 1_000;

  MapModel() {
    this(new Account(-1, -1));
  }

  MapModel(Account account) {
    this.account = account;
  }

  Outcome write(Operation.Write write) {
    return batch(write).getFirst();
  }

  /** Decides the writes together and applies their event. */
  List<Outcome> batch(Operation.Write... writes) {
    BatchDecision decision = decision();
    List<Outcome> outcomes = new ArrayList<>();
    for (Operation.Write write : writes) {
      Outcome outcome = decision.write(write);
      outcomes.add(outcome);
      expect(write, outcome);
    }
    apply(decision);
    return outcomes;
  }

  Outcome get(String key) {
    BatchDecision decision = decision();
    Outcome outcome = decision.get(Key.of(key));
    apply(decision);
    return outcome;
  }

  void expire(String key) {
    BatchDecision decision = decision();
    decision.expire(Key.of(key));
    apply(decision);
    expected.remove(Key.of(key));
  }

  /** Folds the state into pages of about 256 bytes, as a checkpoint does. */
  void checkpoint() {
    MapState before = state;
    Fold.Result result = fold(before);
    install(before, result);
  }

  Fold.Result fold(MapState from) {
    try {
      return new Fold(from, pages, PAGE_BYTES, now, Fold.Pace.AT_ONCE).run();
    } catch (Exception e) {
      throw new AssertionError("the fold failed", e);
    }
  }

  void install(MapState from, Fold.Result result) {
    apply(
        new MapEvent.Checkpointed(
            now, from.ordinal(), 1, result.manifest(), state.entries(), state.bytes()));
  }

  void clear() {
    account.release(state.entries(), state.bytes());
    apply(new MapEvent.Cleared(now, state.seq() + 1, state.generation() + 1, -state.bytes(), 1));
    expected.clear();
  }

  /** All live entries by a walk over changes and pages. */
  NavigableMap<Key, byte[]> content() {
    return content(state);
  }

  NavigableMap<Key, byte[]> content(MapState of) {
    NavigableMap<Key, byte[]> content = new TreeMap<>();
    walk(of, "", null).forEach(entry -> content.put(entry.key(), entry.value()));
    return content;
  }

  List<Entry> walk(MapState of, String prefix, String after) {
    Walk walk = new Walk(of, Key.of(prefix), after == null ? null : Key.of(after), now);
    List<Entry> entries = new ArrayList<>();
    while (true) {
      switch (walk.next()) {
        case Walk.Next next -> entries.add(next.entry());
        case Walk.Need need -> walk.supply(page(need.page()));
        case Walk.End _ -> {
          return entries;
        }
      }
    }
  }

  Page page(Manifest.PageReference reference) {
    try {
      return pages.await(reference);
    } catch (Exception e) {
      throw new AssertionError("the page cannot be read", e);
    }
  }

  /** The same as a request with this idempotency key. */
  static Operation.Set once(Operation.Set set, String key, String fingerprint) {
    return new Operation.Set(
        set.map(),
        set.key(),
        set.value(),
        set.ifVersion(),
        set.ttlMs(),
        new Idempotency(key, fingerprint));
  }

  static Operation.Set set(String key, String value) {
    return set(key, value, Operation.ANY);
  }

  static Operation.Set set(String key, String value, long ifVersion) {
    return new Operation.Set(
        "users",
        Key.of(key),
        value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        ifVersion,
        Operation.FOREVER,
        null);
  }

  static Operation.Set setFor(String key, String value, long ttlMs) {
    Operation.Set set = set(key, value);
    return new Operation.Set("users", set.key(), set.value(), Operation.ANY, ttlMs, null);
  }

  static Operation.Delete delete(String key) {
    return delete(key, Operation.ANY);
  }

  static Operation.Delete delete(String key, long ifVersion) {
    return new Operation.Delete("users", Key.of(key), ifVersion, null);
  }

  static Map<String, String> text(Map<Key, byte[]> content) {
    Map<String, String> text = new TreeMap<>();
    content.forEach((key, value) ->
        text.put(key.toString(), new String(value, java.nio.charset.StandardCharsets.UTF_8)));
    return text;
  }

  private BatchDecision decision() {
    return new BatchDecision(state, this::page, account, now);
  }

  private void apply(BatchDecision decision) {
    MapEvent.EntriesChanged event = decision.event();
    if (event != null) {
      apply(event);
    }
  }

  private void apply(MapEvent event) {
    events.add(event);
    state = state.apply(event);
  }

  private void expect(Operation.Write write, Outcome outcome) {
    if (outcome instanceof Outcome.Refused) {
      return;
    }
    switch (write) {
      case Operation.Set set -> expected.put(set.key(), set.value());
      case Operation.Delete delete -> expected.remove(delete.key());
    }
  }
}
