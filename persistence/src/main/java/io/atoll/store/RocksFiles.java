package io.atoll.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** The open RocksDB with its native parts, which are released together and in order. */
final class RocksFiles implements AutoCloseable {
  private static final long MEBIBYTE = 1024L * 1024;
  private static final int JOURNAL_YOUNG_FILES = 8;
  private static final int JOURNAL_BLOCK = 32 * 1024;
  private static final List<CompressionType> JOURNAL_COMPRESSION =
      List.of(
          CompressionType.NO_COMPRESSION,
          CompressionType.NO_COMPRESSION,
          CompressionType.LZ4_COMPRESSION);

  private final List<AutoCloseable> natives = new ArrayList<>();
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final LRUCache cache;
  private final RocksDB rocks;
  private final Map<Table, ColumnFamilyHandle> tables = new EnumMap<>(Table.class);

  RocksFiles(Path folder, boolean create, StoreSettings settings, HighWater highWater)
      throws RocksDBException {
    RocksDB.loadLibrary();
    cache = kept(new LRUCache(settings.cacheBytes()));
    boolean opened = false;
    try {
      rocks =
          RocksDB.open(
              databaseOptions(create, settings)
                  .setListeners(List.of(kept(new FlushListener(highWater)))),
              folder.toString(),
              descriptors(tableOptions(settings), journalOptions(settings)),
              handles);
      Iterator<ColumnFamilyHandle> handle = handles.listIterator(1);
      for (Table table : Table.values()) {
        tables.put(table, handle.next());
      }
      opened = true;
    } finally {
      if (!opened) {
        closeNatives();
      }
    }
  }

  RocksDB rocks() {
    return rocks;
  }

  Map<Table, ColumnFamilyHandle> tables() {
    return tables;
  }

  @Override
  public void close() {
    handles.forEach(ColumnFamilyHandle::close);
    rocks.close();
    closeNatives();
  }

  private <T extends AutoCloseable> T kept(T part) {
    natives.add(part);
    return part;
  }

  private void closeNatives() {
    for (AutoCloseable part : natives.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    natives.clear();
  }

  private static List<ColumnFamilyDescriptor> descriptors(
      ColumnFamilyOptions options, ColumnFamilyOptions journal) {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options));
    for (Table table : Table.values()) {
      descriptors.add(
          new ColumnFamilyDescriptor(
              table.storedName().getBytes(UTF_8), table == Table.JOURNAL ? journal : options));
    }
    return Collections.unmodifiableList(descriptors);
  }

  private DBOptions databaseOptions(boolean create, StoreSettings settings) {
    Properties onlyByName = new Properties();
    onlyByName.setProperty("track_and_verify_wals_in_manifest", "true");
    return kept(DBOptions.getDBOptionsFromProps(onlyByName))
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setManualWalFlush(false)
        .setRecycleLogFileNum(0)
        .setMaxTotalWalSize(2 * settings.bufferBytes())
        .setDbWriteBufferSize(settings.bufferBytes())
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(1024)
        .setStatsDumpPeriodSec(0)
        .setAllowConcurrentMemtableWrite(false)
        .setMaxLogFileSize(4 * MEBIBYTE)
        .setKeepLogFileNum(2);
  }

  /**
   * The journal is written all the time and read seldom, a stream in its order and no single event:
   * it needs no filter, and its young files are many and not compressed, so that few bytes are
   * written again soon.
   */
  private ColumnFamilyOptions journalOptions(StoreSettings settings) {
    return options(settings, blocks().setBlockSize(JOURNAL_BLOCK))
        .setCompressionPerLevel(JOURNAL_COMPRESSION)
        .setLevel0FileNumCompactionTrigger(JOURNAL_YOUNG_FILES)
        .setMaxBytesForLevelBase(JOURNAL_YOUNG_FILES * settings.bufferBytes() / 2);
  }

  private ColumnFamilyOptions tableOptions(StoreSettings settings) {
    return options(
        settings, blocks().setFilterPolicy(kept(new BloomFilter(10))).setPartitionFilters(true));
  }

  /**
   * Index and filter of a file are cut into small parts: those of a large file, whole, would not
   * fit into the cache and be read anew for every look.
   */
  private BlockBasedTableConfig blocks() {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setMetadataBlockSize(4 * 1024)
        .setCacheIndexAndFilterBlocks(true)
        .setPinL0FilterAndIndexBlocksInCache(true)
        .setBlockSize(8 * 1024);
  }

  private ColumnFamilyOptions options(StoreSettings settings, BlockBasedTableConfig blocks) {
    return kept(new ColumnFamilyOptions())
        .setTableFormatConfig(blocks)
        .setWriteBufferSize(settings.bufferBytes() / 2)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setParanoidFileChecks(true);
  }
}
