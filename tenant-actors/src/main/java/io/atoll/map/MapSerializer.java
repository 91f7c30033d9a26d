package io.atoll.map;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns the events and snapshots of maps into bytes. Identifier and manifests are stored with every
 * record and never change.
 */
public final class MapSerializer extends SerializerWithStringManifest {
  /** Is stored with every record. */
  public static final int IDENTIFIER = 1_200_002;

  private static final String ENTRIES_CHANGED = "map-entries-1";
  private static final String CLEARED_UNMETERED = "map-cleared-1";
  private static final String CLEARED = "map-cleared-2";
  private static final String CHECKPOINTED = "map-checkpoint-1";
  private static final String STATE = "map-state-1";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return switch (object) {
      case MapEvent.EntriesChanged _ -> ENTRIES_CHANGED;
      case MapEvent.Cleared _ -> CLEARED;
      case MapEvent.Checkpointed _ -> CHECKPOINTED;
      case MapState _ -> STATE;
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object object) {
    return switch (object) {
      case MapEvent.EntriesChanged event -> MapEventCodec.encode(event);
      case MapEvent.Cleared event -> MapEventCodec.encode(event);
      case MapEvent.Checkpointed event -> MapEventCodec.encode(event);
      case MapState state -> MapStateCodec.encode(state);
      default -> throw unknown(object.getClass().getName());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case ENTRIES_CHANGED -> MapEventCodec.entriesChanged(bytes);
      case CLEARED -> MapEventCodec.cleared(bytes);
      case CLEARED_UNMETERED -> MapEventCodec.clearedUnmetered(bytes);
      case CHECKPOINTED -> MapEventCodec.checkpointed(bytes);
      case STATE -> MapStateCodec.state(bytes);
      default -> throw unknown(manifest);
    };
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "cannot read or write " + what + ": was it written by a newer version of Atoll?");
  }
}
