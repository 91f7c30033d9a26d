package io.atoll.store;

import io.atoll.store.StorageUnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one store of a process, which journal, snapshots, pages, directory and usage share. Changes
 * go through one group commit; reads run on an executor that may block. Thread-safe.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int REMEMBERED_HEADS = 100_000;

  private final DataFolder folder;
  private final HighWater highWater;
  private final RocksFiles files;
  private final WriteOptions writing;
  private final Heads heads;
  private final Committer committer;
  private final Executor readers;

  /** Held shared by every use of the native store, and alone to close it. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  private EmbeddedStore(
      DataFolder folder,
      HighWater highWater,
      RocksFiles files,
      StoreSettings settings,
      Executor readers,
      FatalFailure fatal,
      UnaryOperator<Committer.Sink> sink) {
    this.folder = folder;
    this.highWater = highWater;
    this.files = files;
    this.readers = readers;
    this.writing = new WriteOptions().setSync(settings.fsync());
    this.heads = new Heads(this::headOnDisk, REMEMBERED_HEADS);
    this.committer =
        new Committer(
            settings,
            () -> new Batch(files.tables(), heads),
            heads,
            sink.apply(batch -> files.rocks().write(writing, batch)),
            new DiskSpace(settings.minFreeBytes(), folder::freeBytes, System::nanoTime),
            fatal);
  }

  /**
   * Opens the store, or makes it where none was.
   *
   * @throws StoreRefusedException when the folder is in use, damaged, or of a newer format
   */
  public static EmbeddedStore open(StoreSettings settings, Executor readers, FatalFailure fatal) {
    return open(settings, readers, fatal, UnaryOperator.identity());
  }

  /** Opens the store with something between the committer and the disk. */
  static EmbeddedStore open(
      StoreSettings settings,
      Executor readers,
      FatalFailure fatal,
      UnaryOperator<Committer.Sink> sink) {
    return open(DataFolder.open(settings.folder()), settings, readers, fatal, sink);
  }

  /** Opens the store in a folder that is locked already, and closes the folder with it. */
  static EmbeddedStore open(
      DataFolder folder,
      StoreSettings settings,
      Executor readers,
      FatalFailure fatal,
      UnaryOperator<Committer.Sink> sink) {
    boolean opened = false;
    try {
      HighWater highWater = folder.highWater();
      RocksFiles files = openFiles(folder, highWater, settings);
      EmbeddedStore store =
          new EmbeddedStore(folder, highWater, files, settings, readers, fatal, sink);
      store.committer.start();
      opened = true;
      return store;
    } finally {
      if (!opened) {
        folder.close();
      }
    }
  }

  /** Completes when the change is durable; do nothing slow in its continuation. */
  public CompletionStage<Void> commit(Change change) {
    return committer.submit(change);
  }

  /** Reads on an executor that may block. */
  public <T extends @Nullable Object> CompletionStage<T> read(Read<T> read) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      readers.execute(() -> complete(result, read));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new StorageUnavailableException(Reason.CLOSED));
    }
    return result;
  }

  /** Whether the store takes writes now. */
  public StoreHealth health() {
    return committer.health();
  }

  /** Sets who is told of the commits. */
  public void onCommit(CommitListener listener) {
    committer.listener(listener);
  }

  /** What RocksDB counts of its writes, syncs and stalls, as text. */
  String statistics() throws RocksDBException {
    return files.rocks().getProperty("rocksdb.dbstats");
  }

  /** Commits what waits, waits for the reads in progress, and gives the folder free. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      use.writeLock().unlock();
    }
    committer.close();
    noteHighWater();
    writing.close();
    files.close();
    folder.close();
  }

  private <T extends @Nullable Object> void complete(CompletableFuture<T> result, Read<T> read) {
    try {
      result.complete(readHere(read));
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }

  private <T extends @Nullable Object> T readHere(Read<T> read)
      throws RocksDBException, StorageUnavailableException {
    use.readLock().lock();
    try {
      if (closed) {
        throw new StorageUnavailableException(Reason.CLOSED);
      }
      try (StoreReader reader = reader(committer::submit)) {
        return read.from(reader);
      }
    } finally {
      use.readLock().unlock();
    }
  }

  private Head headOnDisk(String stream) throws RocksDBException {
    try (StoreReader reader = reader(_ -> {})) {
      return reader.head(stream);
    }
  }

  private StoreReader reader(Consumer<SeenHead> seen) {
    return new StoreReader(files.rocks(), files.tables(), heads.commits(), seen);
  }

  private void noteHighWater() {
    try {
      files.rocks().syncWal();
      highWater.rise(files.rocks().getLatestSequenceNumber());
    } catch (RocksDBException | IOException e) {
      LOG.warn("Could not note how far the store has come.", e);
    }
  }

  private static RocksFiles openFiles(
      DataFolder folder, HighWater highWater, StoreSettings settings) {
    RocksFiles files = null;
    try {
      checkLogs(folder.store());
      files = new RocksFiles(folder.store(), folder.isNew(), settings, highWater);
      verify(files.rocks(), settings.verifyBytes());
      highWater.check(files.rocks().getLatestSequenceNumber());
      if (folder.isNew()) {
        folder.markUsed();
      }
      return files;
    } catch (RocksDBException | IOException e) {
      if (files != null) {
        files.close();
      }
      throw new StoreRefusedException(damaged(folder, e.getMessage()), e);
    }
  }

  private static void checkLogs(Path store) throws IOException {
    if (Files.isDirectory(store)) {
      Optional<String> damage = LogCheck.damageIn(store);
      if (damage.isPresent()) {
        throw new IOException("the log " + damage.get());
      }
    }
  }

  private static void verify(RocksDB rocks, long limit) throws RocksDBException {
    long bytes = rocks.getLiveFilesMetaData().stream().mapToLong(LiveFileMetaData::size).sum();
    if (bytes <= limit) {
      rocks.verifyChecksum();
    } else {
      LOG.info("The store has {} bytes; they are verified when they are read.", bytes);
    }
  }

  private static String damaged(DataFolder folder, @Nullable String what) {
    return """
    The store in %s cannot be opened: %s. Atoll does not start on it, because it would lose \
    acknowledged writes. Check the disk, keep a copy of the folder as it is, and restore the \
    folder from a backup, or start with another folder.\
    """
        .formatted(folder.store(), what);
  }
}
