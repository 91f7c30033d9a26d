package io.atoll.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.store.Keys;
import io.atoll.tenant.Directory.Listing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the directory's table. A tenant has its entry, one index key by name, and one index
 * key for each set of the three filters: so what any filters let through is one range, in id order.
 * An index key has in its value what else a listing is chosen by, so that only those that are shown
 * are read.
 */
final class Indexes {
  private static final int STATUS = 1;
  private static final int PLAN = 2;
  private static final int TIER = 4;
  private static final int ALL = STATUS | PLAN | TIER;

  /** Bytes; longer names are known by their beginning. */
  private static final int LONGEST_NAME = 1024;

  private Indexes() {}

  static byte[] entry(String id) {
    return Keys.marked('l', id.getBytes(UTF_8));
  }

  /** The keys that stand for the listing in the indexes by filters; the value is its name. */
  static List<byte[]> filtered(Listing listing) {
    List<byte[]> keys = new ArrayList<>(ALL + 1);
    for (int set = 0; set <= ALL; set++) {
      byte[] prefix =
          prefix(
              (set & STATUS) == 0 ? null : listing.status(),
              (set & PLAN) == 0 ? null : listing.plan(),
              (set & TIER) == 0 ? null : listing.tier());
      keys.add(join(prefix, listing.id()));
    }
    return keys;
  }

  /** The prefix of the keys of all listings that these filters let through. */
  static byte[] prefix(@Nullable String status, @Nullable String plan, @Nullable String tier) {
    int set = (status == null ? 0 : STATUS) | (plan == null ? 0 : PLAN) | (tier == null ? 0 : TIER);
    byte[] key = {'f', (byte) set};
    for (String value : new String[] {status, plan, tier}) {
      key = value == null ? key : join(key, Keys.of(value));
    }
    return key;
  }

  /** The key under which the listing stands by name; the value is {@link NamedRow}. */
  static byte[] named(Listing listing) {
    return join(names(listing.name()), "\0" + listing.id());
  }

  /** The prefix of the keys of all listings whose names begin so, whatever their case. */
  static byte[] names(String beginning) {
    return Keys.marked('n', name(beginning));
  }

  /** A name, or the beginning of one, as it is compared. */
  static byte[] name(String text) {
    byte[] name = text.toLowerCase(Locale.ROOT).getBytes(UTF_8);
    return name.length <= LONGEST_NAME ? name : Arrays.copyOf(name, LONGEST_NAME);
  }

  static byte[] join(byte[] key, String end) {
    return join(key, end.getBytes(UTF_8));
  }

  private static byte[] join(byte[] key, byte[] end) {
    return ByteBuffer.allocate(key.length + end.length).put(key).put(end).array();
  }
}
