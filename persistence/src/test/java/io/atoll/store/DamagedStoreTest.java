package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What a store does that finds its files altered: a torn tail is cut off, all else is refused. */
@Timeout(900)
class DamagedStoreTest {
  private static final int EVENTS = 300;
  private static final String STREAM = "stream";

  @TempDir Path parent;
  private final Random random = new Random(20_261_122);
  private final List<Integer> commitEnds = new ArrayList<>();
  private Path folder;
  private int copies = 0;

  @BeforeEach
  void writeEvents() throws IOException {
    Path live = parent.resolve("live");
    try (EmbeddedStore store = Stores.open(live)) {
      for (int number = 1; number <= EVENTS; number++) {
        Stores.result(store.commit(new Numbered(STREAM, number)));
        commitEnds.add((int) Files.size(log(live)));
      }
      folder = copy(live);
    }
  }

  @Test
  void aTornTailLosesTheUnfinishedCommitOnly() throws IOException {
    for (int i = 0; i < 12; i++) {
      int commit = EVENTS - 1 - random.nextInt(50);
      int begin = commitEnds.get(commit - 1);
      int length = begin + random.nextInt(commitEnds.get(commit) - begin);
      Path torn = copy();
      Files.write(log(torn), Arrays.copyOf(Files.readAllBytes(log(torn)), length));
      assertThat(highest(torn)).as("cut at %d", length).isEqualTo(commit);
    }
  }

  @Test
  void aTornTailWithGarbageBehindItLosesTheUnfinishedCommitOnly() throws IOException {
    for (int i = 0; i < 6; i++) {
      Path torn = copy();
      byte[] log = Files.readAllBytes(log(torn));
      byte[] garbage = new byte[log.length - commitEnds.get(EVENTS - 2)];
      random.nextBytes(garbage);
      System.arraycopy(garbage, 0, log, commitEnds.get(EVENTS - 2), garbage.length);
      Files.write(log(torn), log);
      assertRefusedOrHighest(torn, EVENTS - 1);
    }
  }

  @Test
  void aLastCommitWithSectorsThatWereNotWrittenIsCutOff() throws IOException {
    Path live = parent.resolve("large");
    int begin;
    try (EmbeddedStore store = Stores.open(live)) {
      Stores.result(store.commit(new Numbered(STREAM, 1)));
      begin = (int) Files.size(log(live));
      Stores.result(store.commit(new Large()));
      for (int sector = begin / 512; sector < Files.size(log(live)) / 512; sector += 7) {
        Path torn = copy(live);
        byte[] log = Files.readAllBytes(log(torn));
        Arrays.fill(log, Math.max(begin, sector * 512), (sector + 1) * 512, (byte) 0);
        Files.write(log(torn), log);
        assertThat(highest(torn)).as("sector %d", sector).isEqualTo(1);
      }
    }
  }

  @Test
  void aLastCommitThatWasWrittenAndAlteredIsRefused() throws IOException {
    for (int i = 0; i < 6; i++) {
      Path altered = copy();
      byte[] log = Files.readAllBytes(log(altered));
      int begin = commitEnds.get(EVENTS - 2);
      log[begin + 7 + random.nextInt(log.length - begin - 7)] ^= 8;
      Files.write(log(altered), log);
      assertThatThrownBy(() -> Stores.open(altered)).isInstanceOf(StoreRefusedException.class);
    }
  }

  @Test
  void afterATornTailTheStoreGoesOnAndOpensAgain() throws IOException {
    Path torn = copy();
    int end = commitEnds.get(EVENTS - 2) + 5;
    Files.write(log(torn), Arrays.copyOf(Files.readAllBytes(log(torn)), end));
    try (EmbeddedStore store = Stores.open(torn)) {
      Stores.result(store.commit(new Numbered(STREAM, EVENTS)));
      Stores.result(store.commit(new Numbered(STREAM, EVENTS + 1)));
    }
    assertThat(highest(torn)).isEqualTo(EVENTS + 1);
  }

  @Test
  void everyFlippedBitBeforeTheLastCommitIsFound() throws IOException {
    Path flipped = copy();
    byte[] log = Files.readAllBytes(log(flipped));
    int lastCommit = commitEnds.get(EVENTS - 2);
    for (int i = 0; i < 1000; i++) {
      int bit = random.nextInt(lastCommit * 8);
      log[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(log(flipped), log);
      assertThat(LogCheck.damageIn(flipped.resolve("store"))).as("bit %d", bit).isPresent();
      log[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @Test
  void aStoreWithADamagedLogIsRefusedAndSaysWhatToDo() throws IOException {
    Path damaged = copy();
    byte[] log = Files.readAllBytes(log(damaged));
    log[log.length / 2] ^= 1;
    Files.write(log(damaged), log);
    assertThatThrownBy(() -> Stores.open(damaged))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("unreadable")
        .hasMessageContaining("restore the folder from a backup");
    assertThatThrownBy(() -> Stores.open(damaged)).isInstanceOf(StoreRefusedException.class);
  }

  @Test
  void aPageOfZerosInTheLogIsRefused() throws IOException {
    for (int at = 0; at + 4096 < commitEnds.get(EVENTS - 2); at += 4096) {
      Path damaged = copy();
      byte[] log = Files.readAllBytes(log(damaged));
      Arrays.fill(log, at, at + 4096, (byte) 0);
      Files.write(log(damaged), log);
      assertThat(LogCheck.damageIn(damaged.resolve("store"))).as("page at %d", at).isPresent();
    }
  }

  @Test
  void aPieceMissingInTheLogIsRefused() throws IOException {
    byte[] log = Files.readAllBytes(log(folder));
    int from = commitEnds.get(100);
    int to = commitEnds.get(101);
    byte[] without = Arrays.copyOf(log, log.length - (to - from));
    System.arraycopy(log, to, without, from, log.length - to);
    Path damaged = copy();
    Files.write(log(damaged), without);
    assertThatThrownBy(() -> Stores.open(damaged)).isInstanceOf(StoreRefusedException.class);
  }

  @Test
  void afterACleanStopNoPartOfTheLastCommitMayBeMissing() throws IOException {
    Path stopped = copy(parent.resolve("live"));
    byte[] log = Files.readAllBytes(log(stopped));
    Files.write(log(stopped), Arrays.copyOf(log, log.length - 1));
    assertThatThrownBy(() -> Stores.open(stopped))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("gone back");
  }

  @Test
  void aSoundLogIsNeverRefused() throws IOException {
    assertThat(LogCheck.damageIn(folder.resolve("store"))).isEmpty();
  }

  @Test
  void aFlippedBitInATableFileOrManifestIsRefusedOrHarmless() throws IOException {
    assertThat(highest(folder)).isEqualTo(EVENTS);
    int refused = 0;
    for (String kind : new String[] {".sst", "MANIFEST", "CURRENT"}) {
      for (int i = 0; i < 10; i++) {
        Path damaged = copy();
        for (Path file : files(damaged, kind)) {
          byte[] bytes = Files.readAllBytes(file);
          int bit = random.nextInt(bytes.length * 8);
          bytes[bit / 8] ^= (byte) (1 << (bit % 8));
          Files.write(file, bytes);
        }
        refused += assertRefusedOrHighest(damaged, EVENTS);
      }
    }
    assertThat(refused).isGreaterThan(15);
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    assertThat(highest(folder)).isEqualTo(EVENTS);
    for (String kind : new String[] {".sst", "MANIFEST", "CURRENT"}) {
      Path damaged = copy();
      Files.delete(files(damaged, kind).getFirst());
      assertThatThrownBy(() -> Stores.open(damaged))
          .as(kind)
          .isInstanceOf(StoreRefusedException.class);
    }
  }

  @Test
  void aManifestThatIsCutOffIsRefusedOrHarmless() throws IOException {
    assertThat(highest(folder)).isEqualTo(EVENTS);
    for (int cut = 1; cut < 400; cut += 40) {
      Path damaged = copy();
      Path manifest = files(damaged, "MANIFEST").getLast();
      byte[] bytes = Files.readAllBytes(manifest);
      Files.write(manifest, Arrays.copyOf(bytes, bytes.length - cut));
      assertRefusedOrHighest(damaged, EVENTS);
    }
  }

  /** A commit of many blocks. */
  private static final class Large implements Change {
    @Override
    public long bytes() {
      return 200_000;
    }

    @Override
    public void addTo(Batch batch) throws RocksDBException {
      byte[] bytes = new byte[200_000];
      Arrays.fill(bytes, (byte) 7);
      batch.put(Table.PAGES, Keys.of(STREAM, 1), bytes);
    }
  }

  /** 1 when the store was refused, 0 when it opened and has all. */
  private int assertRefusedOrHighest(Path damaged, long expected) {
    try {
      assertThat(highest(damaged)).isEqualTo(expected);
      return 0;
    } catch (StoreRefusedException e) {
      return 1;
    }
  }

  private static long highest(Path folder) {
    try (EmbeddedStore store = Stores.open(folder)) {
      return Numbered.highest(store, STREAM);
    }
  }

  private Path copy() throws IOException {
    return copy(folder);
  }

  private Path copy(Path original) throws IOException {
    Path copy = parent.resolve("copy" + copies++);
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static Path log(Path folder) throws IOException {
    return files(folder, ".log").getLast();
  }

  private static List<Path> files(Path folder, String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files.filter(file -> file.getFileName().toString().contains(kind)).sorted().toList();
    }
  }
}
