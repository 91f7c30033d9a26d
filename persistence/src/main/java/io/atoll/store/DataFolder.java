package io.atoll.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The data folder: for its owner's eyes only, used by one process at a time, and marked with the
 * format of what is in it. The mark is written last, so a folder without it was never in use.
 */
final class DataFolder implements AutoCloseable {
  static final int FORMAT = 1;
  private static final String FORMAT_FILE = "atoll.format";
  private static final String LOCK_FILE = "atoll.lock";

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the folder when it is not there, locks it, and checks its format. */
  static DataFolder open(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      DataFolder opened = new DataFolder(folder, locked(folder));
      opened.checkFormat();
      return opened;
    } catch (IOException e) {
      throw new StoreRefusedException(
          "The data folder " + folder + " cannot be used; check its path and its permissions.", e);
    }
  }

  /** Where it is. */
  Path path() {
    return folder;
  }

  /** Where the store's files are. */
  Path store() {
    return folder.resolve("store");
  }

  /** Whether the folder was never in use. */
  boolean isNew() {
    return !Files.exists(folder.resolve(FORMAT_FILE));
  }

  /** How far the store has come. */
  HighWater highWater() {
    return new HighWater(folder.resolve("atoll.reached"));
  }

  /** Marks the folder as in use, durably, with all that was made in it. */
  void markUsed() throws IOException {
    DurableFile.write(folder.resolve(FORMAT_FILE), Integer.toString(FORMAT).getBytes(US_ASCII));
    Path parent = folder.getParent();
    if (parent != null) {
      DurableFile.sync(parent);
    }
  }

  long freeBytes() {
    try {
      FileStore disk = Files.getFileStore(folder);
      return disk.getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(folder, e);
    }
    channel.close();
    throw inUse(folder, null);
  }

  private static StoreRefusedException inUse(Path folder, @Nullable Exception cause) {
    String message =
        "The data folder "
            + folder
            + " is used by another process; stop that one, or choose another folder.";
    return cause == null
        ? new StoreRefusedException(message)
        : new StoreRefusedException(message, cause);
  }

  private void checkFormat() throws IOException {
    if (isNew()) {
      return;
    }
    String text = Files.readString(folder.resolve(FORMAT_FILE), US_ASCII).strip();
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > FORMAT) {
      close();
      throw new StoreRefusedException(
          "The data folder %s has the format '%s', this Atoll knows formats up to %d; start the newer Atoll that wrote it."
              .formatted(folder, text, FORMAT));
    }
  }
}
