package io.atoll.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.tenant.Directory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private final List<String> swept = new ArrayList<>();

  @Test
  void everyDeletedTenantIsSweptOncePageByPage() throws Exception {
    var directory = new DeletedTenants(250);

    run(directory, "none");

    assertThat(swept).isEqualTo(directory.ids);
    assertThat(directory.pages).isEqualTo(3);
  }

  @Test
  void aTenantThatDoesNotAnswerHoldsUpNobody() throws Exception {
    run(new DeletedTenants(3), "tenant-1");

    assertThat(swept).containsExactly("tenant-0", "tenant-1", "tenant-2");
  }

  @Test
  void aDirectoryThatFailsEndsTheSweepOnly() throws Exception {
    var directory = new DeletedTenants(3);
    directory.failing = true;

    run(directory, "none");

    assertThat(swept).isEmpty();
  }

  private void run(Directory directory, String failing) throws Exception {
    var sweeper =
        new Sweeper(
            directory,
            tenant -> {
              swept.add(tenant);
              return tenant.equals(failing)
                  ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
                  : CompletableFuture.completedFuture("accepted");
            });
    sweeper.run().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** A directory with nothing but deleted tenants. */
  private static final class DeletedTenants implements Directory {
    final List<String> ids;
    int pages;
    boolean failing;

    DeletedTenants(int count) {
      ids = IntStream.range(0, count).mapToObj(number -> "tenant-" + number).toList();
    }

    @Override
    public CompletionStage<Page> list(Query query) {
      assertThat(query.status()).isEqualTo("deleted");
      if (failing) {
        return CompletableFuture.failedFuture(new IllegalStateException("no disk"));
      }
      pages++;
      int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
      int to = Math.min(from + query.limit(), ids.size());
      List<Listing> page = ids.subList(from, to).stream().map(DeletedTenants::listing).toList();
      return CompletableFuture.completedFuture(
          new Page(page, to == ids.size() ? null : Integer.toString(to)));
    }

    private static Listing listing(String id) {
      return new Listing(id, id, "free", "C", "deleted", 1, new byte[0]);
    }

    @Override
    public CompletionStage<Void> upsert(Listing listing) {
      throw new AssertionError("a sweep writes nothing itself");
    }

    @Override
    public CompletionStage<Void> remove(String tenantId, long version) {
      throw new AssertionError("a sweep writes nothing itself");
    }

    @Override
    public CompletionStage<Optional<Listing>> find(String tenantId) {
      throw new AssertionError("a sweep lists");
    }
  }
}
