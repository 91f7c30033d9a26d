package io.atoll.store;

/** The tables of the store; each is a RocksDB column family with this stable name. */
public enum Table {
  /** Events by stream and sequence number. */
  JOURNAL("journal"),
  /** Snapshots by stream and sequence number. */
  SNAPSHOTS("snapshots"),
  /** Pages of maps by stream and number. */
  PAGES("pages"),
  /** The tenants' directory and its indexes. */
  DIRECTORY("directory"),
  /** Metered minutes by tenant, incarnation and minute. */
  USAGE("usage"),
  /** What is known about streams apart from their events, and which pages there are. */
  META("meta");

  private final String storedName;

  Table(String storedName) {
    this.storedName = storedName;
  }

  String storedName() {
    return storedName;
  }
}
