package io.atoll.directory;

import static io.atoll.store.Stores.failure;
import static io.atoll.store.Stores.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Directory;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Page;
import io.atoll.tenant.Directory.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every directory promises. */
public abstract class DirectoryContract {
  private static final Query ALL = query(null, null, null, null, 100);

  protected abstract Directory directory();

  @Test
  void aTenantThatWasPutIsFoundAsItWas() {
    Listing listing = new Listing("acme", "Ácme \"Inc\"", "pro", "A", "ACTIVE", 7, bytes("{}"));
    result(directory().upsert(listing));
    Listing found = result(directory().find("acme")).orElseThrow();
    assertThat(found).usingRecursiveComparison().isEqualTo(listing);
    assertThat(result(directory().find("acm"))).isEmpty();
  }

  @Test
  void anOlderVersionIsIgnored() {
    result(directory().upsert(listing("acme", "New", "pro", "A", "ACTIVE", 5)));
    result(directory().upsert(listing("acme", "Old", "free", "B", "ACTIVE", 4)));
    assertThat(result(directory().find("acme")).orElseThrow().name()).isEqualTo("New");
    assertThat(ids(query(null, "free", null, null, 10))).isEmpty();
  }

  @Test
  void theSameVersionAgainChangesNothing() {
    Listing listing = listing("acme", "Acme", "pro", "A", "ACTIVE", 5);
    result(directory().upsert(listing));
    result(
        directory().upsert(new Listing("acme", "Acme", "pro", "A", "ACTIVE", 5, bytes("later"))));
    assertThat(ids(ALL)).containsExactly("acme");
    assertThat(result(directory().find("acme")).orElseThrow().document()).isEqualTo(bytes("acme"));
  }

  @Test
  void aRemovedTenantIsGoneAndALateResendDoesNotBringItBack() {
    result(directory().upsert(listing("acme", "Acme", "pro", "A", "ACTIVE", 5)));
    result(directory().remove("acme", Long.MAX_VALUE));
    result(directory().remove("acme", Long.MAX_VALUE));
    result(directory().upsert(listing("acme", "Acme", "pro", "A", "ACTIVE", 5)));
    assertThat(result(directory().find("acme"))).isEmpty();
    assertThat(ids(ALL)).isEmpty();
    assertThat(ids(query("ACTIVE", null, null, "ac", 10))).isEmpty();
  }

  @Test
  void aRemovedTenantThatIsCreatedAnewIsListed() {
    result(directory().upsert(listing("acme", "Acme", "pro", "A", "ACTIVE", 5)));
    result(directory().remove("acme", Long.MAX_VALUE));
    result(directory().upsert(listing("acme", "Acme", "pro", "A", "ACTIVE", 6)));
    assertThat(ids(ALL)).containsExactly("acme");
  }

  @Test
  void aRemovalOfAnEarlierLifeLeavesTheLaterOne() {
    result(directory().upsert(listing("acme", "Acme", "pro", "A", "ACTIVE", 6)));
    result(directory().remove("acme", 5));
    assertThat(ids(ALL)).containsExactly("acme");
    result(directory().remove("acme", 6));
    assertThat(ids(ALL)).isEmpty();
  }

  @Test
  void removingAnUnknownTenantIsNothing() {
    result(directory().remove("nobody", Long.MAX_VALUE));
    assertThat(result(directory().find("nobody"))).isEmpty();
  }

  @Test
  void aChangedTenantIsFoundUnderItsNewValuesOnly() {
    result(directory().upsert(listing("acme", "Acme", "pro", "A", "ACTIVE", 1)));
    result(directory().upsert(listing("acme", "Bolt", "free", "B", "SUSPENDED", 2)));
    assertThat(ids(query("ACTIVE", null, null, null, 10))).isEmpty();
    assertThat(ids(query(null, "pro", null, null, 10))).isEmpty();
    assertThat(ids(query(null, null, "A", null, 10))).isEmpty();
    assertThat(ids(query("ACTIVE", "pro", "A", "Acme", 10))).isEmpty();
    assertThat(ids(query("SUSPENDED", "free", "B", "bolt", 10))).containsExactly("acme");
  }

  @Test
  void changesOfOneTenantAtTheSameTimeLeaveOneEntry() {
    List<CompletionStage<Void>> changes = new ArrayList<>();
    for (int version = 1; version <= 50; version++) {
      String status = version % 2 == 0 ? "ACTIVE" : "SUSPENDED";
      changes.add(
          directory().upsert(listing("acme", "Acme " + version, "pro", "A", status, version)));
    }
    changes.forEach(change -> result(change));
    assertThat(ids(query("ACTIVE", null, null, null, 10))).containsExactly("acme");
    assertThat(ids(query("SUSPENDED", null, null, null, 10))).isEmpty();
    assertThat(ids(query(null, null, null, "acme ", 10))).containsExactly("acme");
  }

  @Test
  void theTextIsABeginningOfTheIdOrOfTheNameInAnyCase() {
    result(directory().upsert(listing("acme", "Zulu", "pro", "A", "ACTIVE", 1)));
    result(directory().upsert(listing("zebra", "ACME Two", "pro", "A", "ACTIVE", 1)));
    result(directory().upsert(listing("other", "Not acme", "pro", "A", "ACTIVE", 1)));
    assertThat(ids(query(null, null, null, "acme", 10))).containsExactly("acme", "zebra");
    assertThat(ids(query(null, null, null, "aCmE t", 10))).containsExactly("zebra");
    assertThat(ids(query(null, null, null, "z", 10))).containsExactly("acme", "zebra");
    assertThat(ids(query(null, null, null, "%", 10))).isEmpty();
    assertThat(ids(query(null, null, null, "", 10))).containsExactly("acme", "other", "zebra");
  }

  @Test
  void everyPageOfEveryFilterIsWhatAPlainSearchFinds() {
    Random random = new Random(7);
    List<Listing> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Listing listing =
          listing(
              (i % 3 == 0 ? "a" : "b") + i,
              (random.nextBoolean() ? "Ab" : "bA") + random.nextInt(50),
              "plan" + random.nextInt(2),
              "tier" + random.nextInt(2),
              "status" + random.nextInt(2),
              1);
      all.add(listing);
      result(directory().upsert(listing));
    }
    for (int i = 0; i < 200; i++) {
      Query query =
          query(
              random.nextBoolean() ? null : "status" + random.nextInt(2),
              random.nextBoolean() ? null : "plan" + random.nextInt(2),
              random.nextBoolean() ? null : "tier" + random.nextInt(2),
              List.of("", "a", "b", "A", "ab", "ba1", "a1", "b2", "x").get(random.nextInt(9)),
              1 + random.nextInt(60));
      List<String> expected =
          all.stream().filter(it -> matches(it, query)).map(Listing::id).sorted().toList();
      assertThat(ids(query)).as("%s", query).isEqualTo(expected);
    }
  }

  @Test
  void aNameThatManyHaveIsFoundAmongTheFewThatAFilterLetsThrough() {
    for (int i = 0; i < 1_200; i++) {
      String plan = i % 400 == 0 ? "pro" : "free";
      String name = i % 2 == 0 ? "Shared " + i : "Other " + i;
      result(directory().upsert(listing("t%04d".formatted(i), name, plan, "A", "ACTIVE", 1)));
    }
    result(directory().upsert(listing("t0401", "Other", "pro", "A", "ACTIVE", 2)));
    assertThat(ids(query(null, "pro", null, "sHAREd", 2)))
        .containsExactly("t0000", "t0400", "t0800");
    assertThat(ids(query("SUSPENDED", "pro", null, "o", 2))).isEmpty();
  }

  @Test
  void aPageHoldsAtMostItsLimitAndTheLastOneHasNoCursor() {
    for (int i = 0; i < 5; i++) {
      result(directory().upsert(listing("t" + i, "T", "pro", "A", "ACTIVE", 1)));
    }
    Page first = result(directory().list(query(null, null, null, null, 4)));
    assertThat(first.items()).extracting(Listing::id).containsExactly("t0", "t1", "t2", "t3");
    Page second = result(directory().list(after(query(null, null, null, null, 4), first)));
    assertThat(second.items()).extracting(Listing::id).containsExactly("t4");
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void aCursorHoldsWhileTenantsComeAndGo() {
    for (int i = 10; i < 20; i++) {
      result(directory().upsert(listing("t" + i, "T", "pro", "A", "ACTIVE", 1)));
    }
    Query query = query(null, null, null, null, 5);
    Page first = result(directory().list(query));
    result(directory().remove("t14", Long.MAX_VALUE));
    result(directory().remove("t15", Long.MAX_VALUE));
    result(directory().upsert(listing("t00", "T", "pro", "A", "ACTIVE", 1)));
    result(directory().upsert(listing("t16x", "T", "pro", "A", "ACTIVE", 1)));
    assertThat(result(directory().list(after(query, first))).items())
        .extracting(Listing::id)
        .containsExactly("t16", "t16x", "t17", "t18", "t19");
  }

  @Test
  void onlyIncludedTenantsAreShown() {
    for (int i = 0; i < 20; i++) {
      result(directory().upsert(listing("t" + (10 + i), "T", "pro", "A", "ACTIVE", 1)));
    }
    Predicate<String> even = id -> id.endsWith("0") || id.endsWith("5");
    Query query = new Query(null, null, null, "t", even, 3, null);
    assertThat(ids(query)).containsExactly("t10", "t15", "t20", "t25");
  }

  @Test
  void aForeignCursorIsRefused() {
    for (String cursor : List.of("", "x", "t4", "AAAA", "!!", "AXQ0AAAAAAAA")) {
      Query query = new Query(null, null, null, null, id -> true, 5, cursor);
      assertThat(failure(directory().list(query)))
          .as(cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<String> ids(Query query) {
    List<String> ids = new ArrayList<>();
    Page page = result(directory().list(query));
    page.items().forEach(item -> ids.add(item.id()));
    while (page.nextCursor() != null) {
      assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
      page = result(directory().list(after(query, page)));
      page.items().forEach(item -> ids.add(item.id()));
    }
    return ids;
  }

  private static Query after(Query query, Page page) {
    return new Query(
        query.status(),
        query.plan(),
        query.tier(),
        query.q(),
        query.include(),
        query.limit(),
        page.nextCursor());
  }

  private static boolean matches(Listing listing, Query query) {
    return (query.status() == null || query.status().equals(listing.status()))
        && (query.plan() == null || query.plan().equals(listing.plan()))
        && (query.tier() == null || query.tier().equals(listing.tier()))
        && (listing.id().startsWith(query.q())
            || listing.name().toLowerCase(ROOT).startsWith(query.q().toLowerCase(ROOT)));
  }

  private static Query query(String status, String plan, String tier, String q, int limit) {
    return new Query(status, plan, tier, q, id -> true, limit, null);
  }

  private static Listing listing(
      String id, String name, String plan, String tier, String status, long version) {
    return new Listing(id, name, plan, tier, status, version, bytes(id));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
