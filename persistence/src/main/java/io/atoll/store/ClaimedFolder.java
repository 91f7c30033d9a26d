package io.atoll.store;

import java.nio.file.Path;
import org.apache.pekko.actor.setup.Setup;

/**
 * A data folder that is this process's own before its actor system starts, so that a process that
 * comes second touches nothing. The system's store takes it over.
 */
public final class ClaimedFolder extends Setup implements AutoCloseable {
  private final DataFolder folder;

  private ClaimedFolder(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder when it is not there, and locks it.
   *
   * @throws StoreRefusedException when the folder is in use, of a newer format, or cannot be used
   */
  public static ClaimedFolder of(Path folder) {
    return new ClaimedFolder(DataFolder.open(folder));
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  DataFolder folder() {
    return folder;
  }

  /** Gives the folder free; it is no harm when the store has done so before. */
  @Override
  public void close() {
    folder.close();
  }
}
