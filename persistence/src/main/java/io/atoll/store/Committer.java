package io.atoll.store;

import io.atoll.store.StorageUnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/**
 * The group commit: one thread takes all changes that wait, writes them as one batch with one
 * fsync, then completes them all. While it writes, the next group gathers. Nobody who submits ever
 * blocks: a full queue, a full disk or a disk that does not answer refuse the change.
 */
final class Committer implements AutoCloseable {
  private static final int LARGEST_GROUP = 4096;

  private final StoreSettings settings;
  private final Supplier<Batch> batches;
  private final Heads heads;
  private final Sink sink;
  private final DiskSpace disk;
  private final FatalFailure fatal;
  private final BlockingQueue<Waiting> queue;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Waiting stop = new Waiting(Change.barrier());
  private final Thread thread;
  private volatile CommitListener listener = (changes, bytes, nanos) -> {};
  private volatile boolean closed;

  /** When the commit in progress began, or 0. */
  private volatile long writingSince;

  Committer(
      StoreSettings settings,
      Supplier<Batch> batches,
      Heads heads,
      Sink sink,
      DiskSpace disk,
      FatalFailure fatal) {
    this.settings = settings;
    this.batches = batches;
    this.heads = heads;
    this.sink = sink;
    this.disk = disk;
    this.fatal = fatal;
    this.queue = new ArrayBlockingQueue<>(settings.queuedWrites());
    this.thread = Thread.ofPlatform().name("atoll-committer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void listener(CommitListener commitListener) {
    this.listener = commitListener;
  }

  /** Completes when the change is durable, on the committer's thread: do nothing slow then. */
  CompletableFuture<Void> submit(Change change) {
    Waiting waiting = new Waiting(change);
    if (closed) {
      return waiting.refuse(Reason.CLOSED);
    }
    if (stalled()) {
      return waiting.refuse(Reason.STALLED);
    }
    if (!enqueue(waiting)) {
      return waiting.refuse(Reason.OVERLOADED);
    }
    if (closed && queue.remove(waiting)) {
      return waiting.refuse(Reason.CLOSED);
    }
    return waiting.done;
  }

  StoreHealth health() {
    if (closed) {
      return StoreHealth.CLOSED;
    }
    if (stalled()) {
      return StoreHealth.STALLED;
    }
    return disk.full() ? StoreHealth.DISK_FULL : StoreHealth.TAKES_WRITES;
  }

  /** Commits what waits, and refuses the rest. */
  @Override
  public void close() {
    closed = true;
    try {
      queue.put(stop);
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stalled() {
    long since = writingSince;
    return since != 0 && System.nanoTime() - since > settings.stalledAfter().toNanos();
  }

  private boolean enqueue(Waiting waiting) {
    long before = queuedBytes.getAndAdd(waiting.bytes);
    boolean fits = before == 0 || before + waiting.bytes <= settings.queuedBytes();
    if (fits && queue.offer(waiting)) {
      return true;
    }
    queuedBytes.addAndGet(-waiting.bytes);
    return false;
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = commit(gather(queue.take()));
      }
    } catch (Throwable e) {
      closed = true;
      fatal.happened("The journal's committer failed.", e);
    } finally {
      closed = true;
      for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
        left.refuse(Reason.CLOSED);
      }
    }
  }

  private List<Waiting> gather(Waiting first) {
    List<Waiting> group = new ArrayList<>();
    long bytes = 0;
    Waiting next = first;
    while (next != null) {
      group.add(next);
      bytes += next.bytes;
      queuedBytes.addAndGet(-next.bytes);
      boolean full = bytes >= settings.commitBytes() || group.size() == LARGEST_GROUP;
      next = full ? null : queue.poll();
    }
    return group;
  }

  /** Commits the group; false when there is no more to come. */
  private boolean commit(List<Waiting> group) {
    List<Waiting> members = new ArrayList<>(group.size());
    try (Batch batch = batches.get()) {
      long bytes = fill(batch, group, members);
      if (!batch.isEmpty()) {
        write(batch, members.size(), bytes);
      }
    } catch (RocksDBException e) {
      return failed(members, e);
    }
    members.forEach(member -> member.done.complete(null));
    return !group.contains(stop);
  }

  private long fill(Batch batch, List<Waiting> group, List<Waiting> members)
      throws RocksDBException {
    long taken = 0;
    for (Waiting waiting : group) {
      if (waiting.bytes > 0 && !disk.take(waiting.bytes)) {
        waiting.refuse(Reason.DISK_FULL);
      } else if (waiting.addTo(batch)) {
        members.add(waiting);
        taken += waiting.bytes;
      }
    }
    return taken;
  }

  private void write(Batch batch, int changes, long bytes) throws RocksDBException {
    long started = System.nanoTime();
    writingSince = started == 0 ? 1 : started;
    try {
      sink.write(batch.writes());
      heads.committed();
    } finally {
      writingSince = 0;
    }
    listener.committed(changes, bytes, System.nanoTime() - started);
  }

  private boolean failed(List<Waiting> members, RocksDBException failure) {
    heads.clear();
    if (isNoSpace(failure)) {
      disk.foundFull();
      members.forEach(member -> member.refuse(Reason.DISK_FULL));
      return !members.contains(stop);
    }
    closed = true;
    fatal.happened("A write to the journal failed.", failure);
    members.forEach(member -> member.done.completeExceptionally(failure));
    return false;
  }

  private static boolean isNoSpace(RocksDBException failure) {
    Status status = failure.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }

  /** Where a batch becomes durable. */
  @FunctionalInterface
  interface Sink {
    void write(WriteBatch batch) throws RocksDBException;
  }

  /** A change that waits, and the promise of its completion. */
  private static final class Waiting {
    final Change change;
    final long bytes;
    final CompletableFuture<Void> done = new CompletableFuture<>();

    Waiting(Change change) {
      this.change = change;
      this.bytes = change.bytes();
    }

    CompletableFuture<Void> refuse(Reason reason) {
      done.completeExceptionally(new StorageUnavailableException(reason));
      return done;
    }

    /** False when the change fails by itself; it has added nothing then. */
    boolean addTo(Batch batch) throws RocksDBException {
      try {
        change.addTo(batch);
      } catch (RuntimeException e) {
        batch.drop();
        done.completeExceptionally(e);
        return false;
      }
      batch.keep();
      return true;
    }
  }
}
