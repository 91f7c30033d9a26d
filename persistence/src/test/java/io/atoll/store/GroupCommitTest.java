package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.store.StorageUnavailableException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

@Timeout(300)
class GroupCommitTest {
  @TempDir Path folder;

  private final Semaphore writing = new Semaphore(0);
  private final Semaphore mayWrite = new Semaphore(0);
  private final AtomicInteger writes = new AtomicInteger();
  private final ConcurrentLinkedQueue<RocksDBException> failures = new ConcurrentLinkedQueue<>();
  private final List<String> fatal = new ArrayList<>();
  private EmbeddedStore store;

  @AfterEach
  void close() {
    mayWrite.release(1_000_000);
    store.close();
  }

  @Test
  void writesThatWaitTogetherAreOneWriteToTheDisk() {
    open("");
    CompletionStage<Void> first = store.commit(new Numbered("first", 1));
    writing.acquireUninterruptibly();
    List<CompletionStage<Void>> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(store.commit(new Numbered("other" + i, 1)));
    }
    mayWrite.release(2);
    Stores.result(first);
    others.forEach(Stores::result);
    assertThat(writes).hasValue(2);
  }

  @Test
  void aWriteIsNotAcknowledgedBeforeItIsOnTheDisk() {
    open("");
    CompletionStage<Void> written = store.commit(new Numbered("stream", 1));
    writing.acquireUninterruptibly();
    assertThat(written.toCompletableFuture()).isNotDone();
    assertThat(Numbered.highest(store, "stream")).isZero();
    mayWrite.release();
    Stores.result(written);
    assertThat(Numbered.highest(store, "stream")).isEqualTo(1);
  }

  @Test
  void twoWritersOfOneNumberAreNeverBothWritten() {
    open("");
    CompletionStage<Void> blocking = store.commit(new Numbered("other", 1));
    writing.acquireUninterruptibly();
    CompletionStage<Void> one = store.commit(new Numbered("stream", 1));
    CompletionStage<Void> two = store.commit(new Numbered("stream", 1));
    CompletionStage<Void> next = store.commit(new Numbered("stream", 2));
    mayWrite.release(2);
    Stores.result(blocking);
    Stores.result(one);
    assertThat(Stores.failure(two)).isInstanceOf(OutOfOrderWriteException.class);
    Stores.result(next);
    assertThat(Numbered.highest(store, "stream")).isEqualTo(2);
  }

  @Test
  void aNumberThatIsNotTheNextOneIsRefusedAlone() {
    open("");
    mayWrite.release(10);
    Stores.result(store.commit(new Numbered("stream", 1)));
    assertThat(Stores.failure(store.commit(new Numbered("stream", 3))))
        .isInstanceOf(OutOfOrderWriteException.class)
        .hasMessageContaining("next one is 2");
    assertThat(Stores.failure(store.commit(new Numbered("stream", 1))))
        .isInstanceOf(OutOfOrderWriteException.class);
    Stores.result(store.commit(new Numbered("stream", 2)));
  }

  @Test
  void aChangeThatFailsLeavesNothingOfItselfInTheCommit() {
    open("");
    mayWrite.release(10);
    Change broken = new Broken();
    assertThat(Stores.failure(store.commit(broken))).hasMessage("broken");
    Stores.result(store.commit(new Numbered("stream", 1)));
    byte[] half = Stores.result(store.read(reader -> reader.get(Table.META, Broken.KEY)));
    assertThat(half).isNull();
  }

  @Test
  void aFullQueueRefusesAndBlocksNobody() {
    open("queued-writes = 2");
    store.commit(new Numbered("first", 1));
    writing.acquireUninterruptibly();
    CompletionStage<Void> one = store.commit(new Numbered("one", 1));
    CompletionStage<Void> two = store.commit(new Numbered("two", 1));
    assertUnavailable(store.commit(new Numbered("three", 1)), Reason.OVERLOADED);
    mayWrite.release(10);
    Stores.result(one);
    Stores.result(two);
    Stores.result(store.commit(new Numbered("three", 1)));
  }

  @Test
  void aQueueThatIsFullOfBytesRefuses() {
    open("queued-bytes = 150");
    store.commit(new Numbered("first", 1));
    writing.acquireUninterruptibly();
    CompletionStage<Void> one = store.commit(new Numbered("one", 1));
    assertUnavailable(store.commit(new Numbered("two", 1)), Reason.OVERLOADED);
    mayWrite.release(10);
    Stores.result(one);
    Stores.result(store.commit(new Numbered("two", 1)));
  }

  @Test
  void aDiskThatDoesNotAnswerRefusesMoreWrites() {
    open("stalled-after = 1 ms");
    CompletionStage<Void> first = store.commit(new Numbered("first", 1));
    writing.acquireUninterruptibly();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < 2_000_000) {
      Thread.onSpinWait();
    }
    assertThat(store.health()).isEqualTo(StoreHealth.STALLED);
    assertUnavailable(store.commit(new Numbered("two", 1)), Reason.STALLED);
    mayWrite.release(10);
    Stores.result(first);
    assertThat(store.health()).isEqualTo(StoreHealth.TAKES_WRITES);
  }

  @Test
  void aBarrierCompletesAfterTheWritesBeforeIt() {
    open("");
    CompletionStage<Void> first = store.commit(new Numbered("first", 1));
    writing.acquireUninterruptibly();
    CompletionStage<Void> barrier = store.commit(Change.barrier());
    assertThat(barrier.toCompletableFuture()).isNotDone();
    mayWrite.release();
    Stores.result(barrier);
    assertThat(first.toCompletableFuture()).isDone();
    assertThat(writes).hasValue(1);
  }

  @Test
  void aFailedWriteEndsTheProcessAndAcknowledgesNothing() {
    open("");
    failures.add(new RocksDBException(new Status(Status.Code.IOError, Status.SubCode.None, "")));
    mayWrite.release(10);
    assertThat(Stores.failure(store.commit(new Numbered("stream", 1))))
        .isInstanceOf(RocksDBException.class);
    assertThat(fatal).hasSize(1);
    assertUnavailable(store.commit(new Numbered("stream", 1)), Reason.CLOSED);
    assertThat(store.health()).isEqualTo(StoreHealth.CLOSED);
  }

  @Test
  void aWriteWithoutSpaceIsRefusedAndMayBeTriedAgain() {
    open("");
    failures.add(new RocksDBException(new Status(Status.Code.IOError, Status.SubCode.NoSpace, "")));
    mayWrite.release(10);
    assertUnavailable(store.commit(new Numbered("stream", 1)), Reason.DISK_FULL);
    assertThat(fatal).isEmpty();
    boolean written = false;
    while (!written) {
      written =
          store
              .commit(new Numbered("stream", 1))
              .handle((done, failure) -> failure == null)
              .toCompletableFuture()
              .join();
    }
    assertThat(Numbered.highest(store, "stream")).isEqualTo(1);
  }

  @Test
  void closingCommitsWhatWaitsAndRefusesTheRest() {
    open("");
    CompletionStage<Void> first = store.commit(new Numbered("stream", 1));
    CompletionStage<Void> second = store.commit(new Numbered("stream", 2));
    mayWrite.release(10);
    store.close();
    Stores.result(first);
    Stores.result(second);
    assertUnavailable(store.commit(new Numbered("stream", 3)), Reason.CLOSED);
    assertUnavailable(store.read(reader -> 0), Reason.CLOSED);
  }

  @Test
  void eachCommitIsToldWithItsSize() {
    open("");
    List<Integer> sizes = new ArrayList<>();
    store.onCommit((changes, bytes, nanos) -> sizes.add(changes));
    store.commit(new Numbered("first", 1));
    writing.acquireUninterruptibly();
    store.commit(new Numbered("one", 1));
    CompletionStage<Void> last = store.commit(new Numbered("two", 1));
    mayWrite.release(2);
    Stores.result(last);
    assertThat(sizes).containsExactly(1, 2);
  }

  private void open(String changed) {
    store =
        Stores.open(
            folder,
            changed,
            (what, cause) -> fatal.add(what),
            disk ->
                batch -> {
                  writing.release();
                  mayWrite.acquireUninterruptibly();
                  writes.incrementAndGet();
                  RocksDBException failure = failures.poll();
                  if (failure != null) {
                    throw failure;
                  }
                  disk.write(batch);
                });
  }

  private static void assertUnavailable(CompletionStage<?> refused, Reason reason) {
    assertThat(Stores.failure(refused))
        .asInstanceOf(InstanceOfAssertFactories.type(StorageUnavailableException.class))
        .extracting(StorageUnavailableException::reason)
        .isEqualTo(reason);
  }

  private static final class Broken implements Change {
    static final byte[] KEY = {'x'};

    @Override
    public long bytes() {
      return 1;
    }

    @Override
    public void addTo(Batch batch) throws RocksDBException {
      batch.put(Table.META, KEY, KEY);
      throw new IllegalStateException("broken");
    }
  }
}
