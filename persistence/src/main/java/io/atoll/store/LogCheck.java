package io.atoll.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a torn tail of a write-ahead log from damage. A commit begins only when the one before it
 * is on disk; so what a crash leaves unfinished is the last commit of a log, and an unreadable
 * place with a later commit behind it is damage: acknowledged commits are lost there. RocksDB by
 * itself passes over some such places (a page of zeros, a length that points behind the end),
 * silently.
 */
final class LogCheck {
  private static final int SEQUENCE_AND_COUNT = Long.BYTES + Integer.BYTES;

  /** How far ahead a later commit can be in one log: far more than a log's bytes allow. */
  private static final long FURTHEST = 1L << 32;

  private final LogBlocks log;
  private long next = -1;

  private LogCheck(byte[] log) {
    this.log = new LogBlocks(log);
  }

  /** What is wrong with the logs in the folder, if anything is. */
  static Optional<String> damageIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().endsWith(".log")).sorted().toList();
      return logs.stream().map(LogCheck::damageInLog).flatMap(Optional::stream).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> damageInLog(Path file) {
    try {
      return new LogCheck(Files.readAllBytes(file)).check().map(at -> file.getFileName() + at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> check() {
    int position = 0;
    while (true) {
      Optional<LogBlocks.Fragment> read = log.fragment(position);
      if (read.isEmpty()) {
        return laterCommit(position)
            ? Optional.of(" is unreadable at byte " + position + ", with later commits behind it")
            : Optional.empty();
      }
      LogBlocks.Fragment fragment = read.get();
      if (fragment.beginsCommit() && !follows(fragment)) {
        return Optional.of(" lacks commits before byte " + position);
      }
      position = fragment.end();
    }
  }

  /** Whether the commit is the next one; a commit's header may be cut by the end of a block. */
  private boolean follows(LogBlocks.Fragment fragment) {
    if (fragment.payload().remaining() < SEQUENCE_AND_COUNT) {
      next = -1;
      return true;
    }
    ByteBuffer header = fragment.payload().order(ByteOrder.LITTLE_ENDIAN);
    long sequence = header.getLong();
    boolean expected = next < 0 || sequence == next;
    next = sequence + header.getInt();
    return expected;
  }

  private boolean laterCommit(int unreadable) {
    int blockEnd = log.endOfBlock(unreadable);
    for (int at = unreadable + 1; at < blockEnd; at++) {
      if (log.fragment(at).filter(this::isLater).isPresent()) {
        return true;
      }
    }
    for (int block = blockEnd; block < log.size(); block = log.endOfBlock(block)) {
      if (laterCommitInBlock(block)) {
        return true;
      }
    }
    return false;
  }

  private boolean laterCommitInBlock(int block) {
    int end = log.endOfBlock(block);
    Optional<LogBlocks.Fragment> read = log.fragment(block);
    while (read.isPresent()) {
      if (isLater(read.get())) {
        return true;
      }
      read = read.get().end() < end ? log.fragment(read.get().end()) : Optional.empty();
    }
    return false;
  }

  private boolean isLater(LogBlocks.Fragment fragment) {
    if (!fragment.beginsCommit() || fragment.payload().remaining() < SEQUENCE_AND_COUNT) {
      return false;
    }
    long sequence = fragment.payload().order(ByteOrder.LITTLE_ENDIAN).getLong();
    return next < 0 || (sequence > next && sequence - next < FURTHEST);
  }
}
