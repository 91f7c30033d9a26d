package io.atoll.map;

import io.atoll.map.HistoryMarks.Mark;
import io.atoll.map.MapState.Expiry;
import org.pcollections.TreePMap;

/** The stored form of a map's snapshot: its manifest and the changes that are in no page yet. */
final class MapStateCodec {
  private static final byte LIVE = 1;
  private static final byte GONE = 2;

  private MapStateCodec() {}

  static byte[] encode(MapState state) {
    Output output =
        new Output((int) Math.min(1 << 20, 256 + state.recentBytes()))
            .number(state.ordinal())
            .number(state.seq())
            .number(state.at())
            .number(state.generation())
            .number(state.entries())
            .number(state.bytes())
            .number(state.recentBytes());
    MapEventCodec.encode(state.manifest(), output);
    encode(state.marks(), output);
    output.count(state.recent().size());
    for (SlotTree.Item item : state.recent()) {
      encode(item.key(), item.slot(), output);
    }
    return output.toBytes();
  }

  static MapState state(byte[] bytes) {
    Input input = new Input(bytes);
    long ordinal = input.number();
    long seq = input.number();
    long at = input.number();
    long generation = input.number();
    long entries = input.number();
    long size = input.number();
    long recentBytes = input.number();
    Manifest manifest = MapEventCodec.manifest(input);
    HistoryMarks marks = marks(input);
    SlotTree recent = SlotTree.EMPTY;
    TreePMap<Expiry, Boolean> expiries = TreePMap.empty();
    int count = input.count();
    for (int i = 0; i < count; i++) {
      Key key = Key.of(input.block());
      Slot slot = slot(input);
      recent = recent.with(key, slot);
      if (slot instanceof Slot.Live live && live.expiresAt() >= 0 && !Receipt.isReceipt(key)) {
        expiries = expiries.plus(new Expiry(live.expiresAt(), key), true);
      }
    }
    return new MapState(
        ordinal,
        seq,
        at,
        generation,
        entries,
        size,
        recent,
        recentBytes,
        expiries,
        manifest,
        marks);
  }

  private static void encode(Key key, Slot slot, Output output) {
    output.block(key.bytes());
    switch (slot) {
      case Slot.Live live ->
          output
              .code(LIVE)
              .number(live.ordinal())
              .number(live.version())
              .number(live.expiresAt())
              .block(live.value());
      case Slot.Gone gone -> output.code(GONE).number(gone.ordinal());
    }
  }

  private static Slot slot(Input input) {
    byte code = input.code();
    long ordinal = input.number();
    if (code == GONE) {
      return new Slot.Gone(ordinal);
    }
    long version = input.number();
    long expiresAt = input.number();
    return new Slot.Live(input.block(), version, expiresAt, ordinal);
  }

  private static void encode(HistoryMarks marks, Output output) {
    output.count(marks.bySeq().size());
    marks
        .bySeq()
        .forEach((seq, mark) -> output.number(seq).number(mark.ordinal()).number(mark.at()));
  }

  private static HistoryMarks marks(Input input) {
    TreePMap<Long, Mark> bySeq = TreePMap.empty();
    int count = input.count();
    for (int i = 0; i < count; i++) {
      bySeq = bySeq.plus(input.number(), new Mark(input.number(), input.number()));
    }
    return new HistoryMarks(bySeq);
  }
}
