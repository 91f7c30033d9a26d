package io.atoll.tenant;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The read model of all tenants, fed by the tenants themselves. Thread-safe. */
public interface Directory {
  /** Stores the entry unless this version of it, a newer one or its removal is there already. */
  CompletionStage<Void> upsert(Listing listing);

  /**
   * Removes the tenant from the directory if the version there is at most this one: a later life of
   * the id stays.
   */
  CompletionStage<Void> remove(String tenantId, long version);

  CompletionStage<Optional<Listing>> find(String tenantId);

  /**
   * A page in id order. Fails with {@link IllegalArgumentException} for a cursor that is not ours.
   */
  CompletionStage<Page> list(Query query);

  /**
   * A tenant as the directory knows it; {@code document} is opaque here and comes back unchanged.
   */
  record Listing(
      String id,
      String name,
      String plan,
      String tier,
      String status,
      long version,
      byte[] document) {}

  /**
   * What to list. A null filter passes everything; {@code q} is a prefix of the id, or of the name
   * whatever its case. {@code include} is asked last.
   */
  record Query(
      @Nullable String status,
      @Nullable String plan,
      @Nullable String tier,
      @Nullable String q,
      Predicate<String> include,
      int limit,
      @Nullable String cursor) {}

  /** Up to {@code limit} listings; {@code nextCursor} is null at the end. */
  record Page(List<Listing> items, @Nullable String nextCursor) {}
}
