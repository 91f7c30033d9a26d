package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.map.MapEvent.Checkpointed;
import io.atoll.map.MapEvent.Cleared;
import io.atoll.map.MapEvent.Deleted;
import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.map.MapEvent.Expired;
import io.atoll.map.MapEvent.Put;
import io.atoll.map.MapEvent.Receipted;
import io.atoll.map.Receipt.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The fixture holds one record of every form that was ever written, those of today first: a
 * manifest and its bytes.
 */
class MapSerializerTest {
  private final MapSerializer serializer = new MapSerializer();

  @Test
  void everyFormEverWrittenIsReadAsItWasMeant() throws IOException {
    List<String> lines = fixture();
    List<Object> samples = new ArrayList<>(samples());
    samples.add(new Cleared(1_700_000_000_003L, 47, 2, -1_001, 0));

    assertThat(lines).hasSameSizeAs(samples);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int space = line.indexOf(' ');
      byte[] bytes = HexFormat.of().parseHex(line.substring(space + 1));
      Object read = serializer.fromBinary(bytes, line.substring(0, space));
      assertThat(read).usingRecursiveComparison().isEqualTo(samples.get(i));
    }
  }

  @Test
  void whatIsWrittenTodayIsWhatTheFixtureHolds() throws IOException {
    assertThat(samples().stream().map(this::line).toList()).isEqualTo(presentForms());
  }

  private List<String> presentForms() throws IOException {
    return fixture().subList(0, samples().size());
  }

  @Test
  void aFormThatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "map-entries-99"))
        .hasMessageContaining("newer version");
    assertThatThrownBy(() -> serializer.toBinary("text")).isNotNull();
  }

  @Test
  void bytesThatEndEarlyAreRefused() {
    byte[] whole = serializer.toBinary(samples().getFirst());

    for (int length = 0; length < whole.length; length++) {
      byte[] torn = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> serializer.fromBinary(torn, "map-entries-1"))
          .isInstanceOf(RuntimeException.class);
    }
  }

  private String line(Object sample) {
    return serializer.manifest(sample)
        + " "
        + HexFormat.of().formatHex(serializer.toBinary(sample));
  }

  private static List<Object> samples() {
    EntriesChanged changed =
        new EntriesChanged(
            1_700_000_000_000L,
            41,
            List.of(
                new Put(Key.of("k\u00e9y"), "{\"a\":1}".getBytes(UTF_8), -1),
                new Put(Key.of("b"), "2".getBytes(UTF_8), 1_700_000_005_000L),
                new Deleted(Key.of("c")),
                new Expired(Key.of("d")),
                new Receipted(
                    Key.of(new byte[] {0, 1, 2}),
                    new Receipt(Answer.REPLACED, 42, "print", 1_700_086_400_000L))),
            5,
            77,
            -3,
            9,
            1_000);
    Checkpointed checkpointed =
        new Checkpointed(
            1_700_000_000_001L,
            1,
            1,
            new Manifest(
                List.of(
                    new Manifest.PageReference(77, Key.of("a"), -1, 100),
                    new Manifest.PageReference(78, Key.of("m"), 1_700_000_009_000L, 200))),
            9,
            1_000);
    MapState state =
        MapState.EMPTY
            .apply(changed)
            .apply(checkpointed)
            .apply(
                new EntriesChanged(
                    1_700_000_000_002L,
                    45,
                    List.of(
                        new Put(Key.of("z"), "1".getBytes(UTF_8), 1_700_000_007_000L),
                        new Deleted(Key.of("b"))),
                    2,
                    3,
                    1,
                    9,
                    1_001));
    return List.of(changed, new Cleared(1_700_000_000_003L, 47, 2, -1_001, 2), checkpointed, state);
  }

  private static List<String> fixture() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            MapSerializerTest.class.getResourceAsStream("/fixtures/map-records-1.txt"))) {
      return new String(stream.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
