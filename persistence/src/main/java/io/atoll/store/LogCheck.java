package io.atoll.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a torn tail of a write-ahead log from damage. A commit begins only when the one before it
 * is on disk; so what a crash leaves unfinished is the last commit of a log, and an unreadable
 * place with a later commit behind it is damage: acknowledged commits are lost there. RocksDB by
 * itself passes over some such places (a page of zeros, a length that points behind the end),
 * silently.
 *
 * <p>It also refuses some torn tails: a power loss can leave out any sectors of the last commit,
 * which then read as zeros. Such a commit was never acknowledged, and is cut off.
 */
final class LogCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);

  private final Path file;
  private final LogBlocks log;
  private final LogSequence sequence = new LogSequence();

  private LogCheck(Path file) throws IOException {
    this.file = file;
    this.log = new LogBlocks(Files.readAllBytes(file));
  }

  /** What is wrong with the logs in the folder, if anything is; cuts a torn tail off. */
  static Optional<String> damageIn(Path folder) throws IOException {
    for (Path file : logs(folder)) {
      Optional<String> damage = new LogCheck(file).check();
      if (damage.isPresent()) {
        return Optional.of(file.getFileName() + damage.get());
      }
    }
    return Optional.empty();
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".log")).sorted().toList();
    }
  }

  private Optional<String> check() throws IOException {
    int position = 0;
    while (true) {
      Optional<LogBlocks.Fragment> read = log.fragment(position);
      if (read.isEmpty()) {
        return end(position);
      }
      if (!sequence.accepts(read.get())) {
        return Optional.of(" lacks commits before byte " + position);
      }
      position = read.get().end();
    }
  }

  /** The log is readable up to here. */
  private Optional<String> end(int position) throws IOException {
    if (laterCommit(position)) {
      return Optional.of(" is unreadable at byte " + position + ", with later commits behind it");
    }
    if (log.hasZeroSector(position)) {
      cut(sequence.unfinished().orElse(position));
    }
    return Optional.empty();
  }

  private void cut(int length) throws IOException {
    LOG.warn("The last commit in {} was not finished; it is cut off at byte {}.", file, length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  private boolean laterCommit(int unreadable) {
    int blockEnd = log.endOfBlock(unreadable);
    for (int at = unreadable + 1; at < blockEnd; at++) {
      if (log.fragment(at).filter(sequence::isLater).isPresent()) {
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
      if (sequence.isLater(read.get())) {
        return true;
      }
      read = read.get().end() < end ? log.fragment(read.get().end()) : Optional.empty();
    }
    return false;
  }
}
