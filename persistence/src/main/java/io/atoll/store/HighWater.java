package io.atoll.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How far the store has come, in a file of its own: RocksDB's sequence number at the last start,
 * stop, or table file. A store that comes back with less has lost what was acknowledged, be every
 * one of its files readable: RocksDB takes a manifest that is cut off for an older store.
 */
final class HighWater {
  private static final int SIZE = Long.BYTES + Integer.BYTES;

  private final Path file;
  private long reached = -1;

  HighWater(Path file) {
    this.file = file;
  }

  /** Checks what the store has come back with, then remembers it. */
  synchronized void check(long sequence) throws IOException {
    if (Files.exists(file) && sequence < read()) {
      throw new IOException("it has gone back from commit " + read() + " to " + sequence);
    }
    rise(sequence);
  }

  /** The store has reached this number, durably. */
  synchronized void rise(long sequence) throws IOException {
    if (sequence <= reached) {
      return;
    }
    byte[] bytes = new byte[SIZE];
    ByteBuffer.wrap(bytes).putLong(sequence).putInt(check(bytes));
    DurableFile.write(file, bytes);
    reached = sequence;
  }

  private long read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer stored = ByteBuffer.wrap(bytes);
    if (bytes.length != SIZE || stored.getInt(Long.BYTES) != check(bytes)) {
      throw new IOException("its file " + file.getFileName() + " is damaged");
    }
    return stored.getLong();
  }

  private static int check(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, Long.BYTES);
    return (int) crc.getValue();
  }
}
