package io.atoll.map;

import io.atoll.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one {@link Operation}. Byte arrays are shared and must not be changed. */
public sealed interface Outcome {
  /** About so many bytes on the way between nodes. */
  default int sentBytes() {
    return OutcomeCodec.size(this);
  }

  /** The entry was stored; {@code created} when it was absent before. */
  record Written(long version, boolean created) implements Outcome {}

  /** The entry as it is. */
  record Found(byte[] value, long version) implements Outcome {}

  /** The entry, or the map, was removed. */
  record Removed() implements Outcome {}

  /** A page of entries in key order; {@code next} is the key to go on after, null at the end. */
  record Scanned(List<Item> items, @Nullable Key next) implements Outcome {}

  /** The tenant's maps in name order. */
  record MapsListed(List<MapSize> maps) implements Outcome {}

  /** The operation was refused and changed nothing. */
  record Refused(Refusal refusal) implements Outcome {}

  /** One entry of a scan; the value is null when values were not asked for. */
  record Item(Key key, byte @Nullable [] value, long version) {}

  /** A map with its number of live entries and their bytes of keys and values. */
  record MapSize(String name, long entries, long bytes) {}
}
