package io.atoll.tenant;

import java.util.Collection;
import java.util.Optional;
import org.pcollections.OrderedPMap;

/**
 * The receipts of a tenant in the order they were given, at most a thousand: the oldest promise
 * makes room, whose answer is kept elsewhere, and without one the oldest receipt. Immutable.
 */
record Receipts(OrderedPMap<String, Receipt> byDigest) {
  static final int MAX = 1_000;

  static final Receipts NONE = new Receipts(OrderedPMap.empty());

  static Receipts of(Collection<Receipt> receipts) {
    OrderedPMap<String, Receipt> map = OrderedPMap.empty();
    for (Receipt receipt : receipts) {
      map = map.plus(receipt.keyDigest(), receipt);
    }
    return new Receipts(map);
  }

  /** The receipt that still holds at this epoch millisecond. */
  Optional<Receipt> find(String keyDigest, long now) {
    return Optional.ofNullable(byDigest.get(keyDigest)).filter(found -> found.expiresAt() > now);
  }

  /** These and one more; what is over at this epoch millisecond is left out. */
  Receipts plus(Receipt receipt, long now) {
    OrderedPMap<String, Receipt> kept = byDigest.minus(receipt.keyDigest());
    for (Receipt oldest : byDigest.values()) {
      if (oldest.expiresAt() > now) {
        break;
      }
      kept = kept.minus(oldest.keyDigest());
    }
    while (kept.size() >= MAX) {
      kept = kept.minus(leastNeeded(kept).keyDigest());
    }
    return new Receipts(kept.plus(receipt.keyDigest(), receipt));
  }

  private static Receipt leastNeeded(OrderedPMap<String, Receipt> kept) {
    for (Receipt receipt : kept.values()) {
      if (receipt.answer() instanceof Receipt.Promised) {
        return receipt;
      }
    }
    return kept.values().iterator().next();
  }

  Collection<Receipt> all() {
    return byDigest.values();
  }
}
