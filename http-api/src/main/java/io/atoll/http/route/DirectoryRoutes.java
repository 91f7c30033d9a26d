package io.atoll.http.route;

import io.atoll.plan.Tier;
import io.atoll.tenant.Directory;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.TenantDocument;
import io.atoll.tenant.TenantStatus;
import io.atoll.tenant.TenantView;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/tenants}: the directory of all tenants, in pages. */
final class DirectoryRoutes {
  private static final Set<String> STATES = Set.of("hot", "warm", "cold");

  private final Directory directory;
  private final HotTenants hot;
  private final TenantJson writer;

  DirectoryRoutes(Directory directory, HotTenants hot, TenantJson writer) {
    this.directory = directory;
    this.hot = hot;
    this.writer = writer;
  }

  void addTo(RouteTable table, Guard guard) {
    table.add("GET", "/api/tenants", guard.operator(this::list));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    Query query = call.query("status", "plan", "tier", "state", "q", "limit", "cursor");
    return page(new Directory.Query(
            checked(query, "status", name -> TenantStatus.byName(name).isPresent()),
            query.textOrNull("plan"),
            checked(query, "tier", name -> Tier.byName(name).isPresent()),
            query.textOrNull("q"),
            inState(checked(query, "state", STATES::contains)),
            (int) query.integer("limit", 1, 1_000, 100),
            query.textOrNull("cursor")))
        .handle(DirectoryRoutes::known)
        .thenApply(this::answer);
  }

  private CompletionStage<Directory.Page> page(Directory.Query query) {
    try {
      return directory.list(query);
    } catch (IllegalArgumentException foreign) {
      throw badCursor();
    }
  }

  private static Directory.Page known(Directory.@Nullable Page page, @Nullable Throwable failure) {
    if (page != null) {
      return page;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof IllegalArgumentException) {
      throw badCursor();
    }
    throw new IllegalStateException("the directory failed", cause);
  }

  private static RefusedException badCursor() {
    return RefusedException.invalid("cursor is not one that this server gave");
  }

  private HttpResponse answer(Directory.Page page) {
    return Json.response(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (Directory.Listing listing : page.items()) {
            TenantView tenant = TenantDocument.decode(listing.document());
            writer.write(json, tenant, hot.contains(tenant.id()));
          }
          json.writeEndArray();
          json.writeStringField("nextCursor", page.nextCursor());
          json.writeEndObject();
        });
  }

  private Predicate<String> inState(@Nullable String state) {
    return switch (state) {
      case null -> id -> true;
      case "hot" -> hot::contains;
      case "warm" -> id -> !hot.contains(id);
      default -> id -> false;
    };
  }

  private static @Nullable String checked(Query query, String name, Predicate<String> known) {
    String value = query.textOrNull(name);
    if (value != null && !known.test(value)) {
      throw RefusedException.invalid(name + " has no such value");
    }
    return value;
  }
}
