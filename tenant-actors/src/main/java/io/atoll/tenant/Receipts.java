package io.atoll.tenant;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.pcollections.OrderedPMap;

/**
 * The receipts of a tenant in the order they were given, the newest thousand at most. Immutable.
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
    Iterator<Map.Entry<String, Receipt>> oldest = kept.entrySet().iterator();
    while (oldest.hasNext()) {
      Receipt next = oldest.next().getValue();
      if (next.expiresAt() > now && kept.size() < MAX) {
        break;
      }
      kept = kept.minus(next.keyDigest());
    }
    return new Receipts(kept.plus(receipt.keyDigest(), receipt));
  }

  Collection<Receipt> all() {
    return byDigest.values();
  }
}
