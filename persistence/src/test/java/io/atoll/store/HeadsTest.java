package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class HeadsTest {
  private static final int CAPACITY = 2;

  private final Map<String, Long> disk = new HashMap<>();
  private final List<String> looks = new ArrayList<>();
  private final Heads heads = new Heads(this::look, CAPACITY);

  @Test
  void whatAReaderHasSeenSparesTheLookAtTheDisk() throws RocksDBException {
    disk.put("stream", 7L);
    heads.seen(seenNow("stream"));
    assertThat(heads.of("stream").highest()).isEqualTo(7);
    assertThat(looks).isEmpty();
  }

  @Test
  void aReaderIsNotBelievedAboutAStreamThatIsKnown() throws RocksDBException {
    SeenHead before = seenNow("stream");
    write("stream", 1);
    heads.seen(before);
    assertThat(heads.of("stream").highest()).isEqualTo(1);
  }

  @Test
  void aReaderIsNotBelievedAboutAStreamOfTheCommitInTheMaking() throws RocksDBException {
    SeenHead before = seenNow("stream");
    heads.set("stream", Head.NEW.grownTo(1));
    heads.seen(before);
    assertThat(heads.of("stream").highest()).isEqualTo(1);
  }

  @Test
  void aReaderIsNotBelievedWhenTheStreamMayHaveBeenWrittenAndForgottenSince()
      throws RocksDBException {
    SeenHead before = seenNow("stream");
    write("stream", 1);
    heads.of("other");
    heads.of("another");
    heads.seen(before);
    assertThat(heads.of("stream").highest()).isEqualTo(1);
    assertThat(looks).endsWith("stream");
  }

  @Test
  void aReaderIsBelievedWhenOnlyOlderWritesWereForgotten() throws RocksDBException {
    write("old", 1);
    SeenHead after = seenNow("stream");
    heads.of("other");
    heads.of("another");
    looks.clear();
    heads.seen(after);
    heads.of("stream");
    assertThat(looks).isEmpty();
  }

  @Test
  void afterACommitThatFailedNoEarlierReaderIsBelieved() throws RocksDBException {
    SeenHead before = seenNow("stream");
    heads.set("stream", Head.NEW.grownTo(1));
    heads.clear();
    disk.put("stream", 1L);
    heads.seen(before);
    assertThat(heads.of("stream").highest()).isEqualTo(1);
  }

  private void write(String stream, long number) {
    heads.set(stream, Head.NEW.grownTo(number));
    disk.put(stream, number);
    heads.committed();
  }

  private SeenHead seenNow(String stream) {
    return new SeenHead(stream, onDisk(stream), heads.commits());
  }

  private Head look(String stream) {
    looks.add(stream);
    return onDisk(stream);
  }

  private Head onDisk(String stream) {
    return Head.NEW.grownTo(disk.getOrDefault(stream, 0L));
  }
}
