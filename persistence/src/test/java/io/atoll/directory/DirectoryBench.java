package io.atoll.directory;

import io.atoll.store.EmbeddedStore;
import io.atoll.store.Stores;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Page;
import io.atoll.tenant.Directory.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fills a directory with tenants and says how fast that was, and how long one page of a listing
 * takes. Run by hand: {@code DirectoryBench [tenants [pages]]}, by default 1,000,000 and 2,000.
 */
final class DirectoryBench {
  private static final int UNDER_WAY = 1024;
  private static final String[] NAMES = {"Acme", "Globex", "Initech", "Umbrella", "Hooli"};

  private final EmbeddedDirectory directory;
  private final int tenants;
  private final int pages;
  private final Random random = new Random(1);

  private DirectoryBench(EmbeddedStore store, int tenants, int pages) {
    this.directory = new EmbeddedDirectory(store);
    this.tenants = tenants;
    this.pages = pages;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int tenants = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int pages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "directory-bench");
    try (EmbeddedStore store = Stores.open(folder, "")) {
      DirectoryBench bench = new DirectoryBench(store, tenants, pages);
      bench.fill();
      bench.look();
    } finally {
      delete(folder);
    }
  }

  private void fill() throws InterruptedException {
    Semaphore room = new Semaphore(UNDER_WAY);
    long begun = System.nanoTime();
    for (int i = 0; i < tenants; i++) {
      room.acquire();
      directory.upsert(listing(i)).whenComplete((done, failure) -> room.release());
    }
    room.acquire(UNDER_WAY);
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("%,d rows in %.1f s: %,.0f rows/s%n", tenants, seconds, tenants / seconds);
  }

  private void look() {
    measure("first page", i -> query(null, null, null, null));
    measure("page by plan and tier", i -> query(null, "pro", "B", null));
    measure("page that almost nothing passes", i -> query("suspended", "enterprise", null, null));
    measure("id prefix", i -> query(null, null, null, id(random.nextInt(tenants)).substring(0, 6)));
    measure("whole id", i -> query(null, null, null, id(random.nextInt(tenants))));
    measure(
        "name prefix that few have",
        i -> query(null, null, null, name(i).toLowerCase(java.util.Locale.ROOT)));
    measure("name prefix that many have", i -> query(null, null, null, "acme"));
    measure("q that many have, rare filter", i -> query("suspended", "enterprise", null, "acme"));
    measure("q of all, rare filter", i -> query("suspended", "enterprise", null, "t"));
    measure("q that nothing has", i -> query(null, null, null, "zz" + i));
    measure("somewhere in the middle", i -> query("active", null, null, null, middle()));
    measure("middle, many by q, rare filter", i -> query("suspended", null, "A", "a", middle()));
  }

  private void measure(String what, IntFunction<Query> queries) {
    long[] nanos = new long[pages];
    long found = 0;
    long empty = 0;
    for (int i = 0; i < pages / 10; i++) {
      page(queries.apply(i));
    }
    for (int i = 0; i < pages; i++) {
      Query query = queries.apply(i);
      long begun = System.nanoTime();
      Page page = page(query);
      nanos[i] = System.nanoTime() - begun;
      found += page.items().size();
      empty += page.items().isEmpty() ? 1 : 0;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-34s p50 %7.2f ms  p99 %7.2f ms  most %7.2f ms  %6.1f items, %3d %% empty%n",
        what,
        nanos[pages / 2] / 1e6,
        nanos[pages * 99 / 100] / 1e6,
        nanos[pages - 1] / 1e6,
        (double) found / pages,
        empty * 100 / pages);
  }

  private Page page(Query query) {
    return Stores.result(directory.list(query));
  }

  private static Query query(
      @Nullable String status, @Nullable String plan, @Nullable String tier, @Nullable String q) {
    return query(status, plan, tier, q, null);
  }

  private static Query query(
      @Nullable String status,
      @Nullable String plan,
      @Nullable String tier,
      @Nullable String q,
      @Nullable String cursor) {
    return new Query(status, plan, tier, q, id -> true, 100, cursor);
  }

  private String middle() {
    return Cursor.of(id(random.nextInt(tenants)));
  }

  private static String id(int i) {
    return "t%08x".formatted(i * 0x9E3779B1);
  }

  private static String name(int i) {
    return NAMES[i % NAMES.length] + " " + i;
  }

  private static Listing listing(int i) {
    String plan = i % 1000 == 0 ? "enterprise" : i % 10 == 0 ? "pro" : "free";
    String tier = i % 1000 == 0 ? "A" : i % 10 == 0 ? "B" : "C";
    String status = i % 10_000 == 0 ? "suspended" : "active";
    return new Listing(id(i), name(i), plan, tier, status, 1, new byte[300]);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
