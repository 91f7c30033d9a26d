package io.atoll.tenant;

import io.atoll.access.ApiKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** A tenant's API keys in the order they were made, and when each was last used. Immutable. */
record KeyRing(OrderedPMap<String, ApiKey> keys, PMap<String, Long> lastUses) {
  static final KeyRing EMPTY = new KeyRing(OrderedPMap.empty(), HashTreePMap.empty());

  static KeyRing of(Iterable<ApiKey> keys, Map<String, Long> lastUses) {
    OrderedPMap<String, ApiKey> byId = OrderedPMap.empty();
    for (ApiKey key : keys) {
      byId = byId.plus(key.id(), key);
    }
    return new KeyRing(byId, HashTreePMap.from(lastUses));
  }

  Optional<ApiKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /** Whether there is such a key and it may be used now. */
  boolean isUsable(String keyId, long now) {
    ApiKey key = keys.get(keyId);
    return key != null && key.isUsable(now);
  }

  KeyRing plus(ApiKey key, List<String> forgotten) {
    return new KeyRing(keys.minusAll(forgotten).plus(key.id(), key), lastUses.minusAll(forgotten));
  }

  KeyRing revoked(String keyId, long at) {
    ApiKey key = keys.get(keyId);
    return key == null ? this : new KeyRing(keys.plus(keyId, key.revoked(at)), lastUses);
  }

  KeyRing used(Map<String, Long> uses) {
    PMap<String, Long> known = lastUses;
    for (Map.Entry<String, Long> use : uses.entrySet()) {
      if (keys.containsKey(use.getKey())) {
        known = known.plus(use.getKey(), use.getValue());
      }
    }
    return new KeyRing(keys, known);
  }

  /** When the key was last used, -1 for never. */
  long lastUsedAt(String keyId) {
    return lastUses.getOrDefault(keyId, ApiKey.NEVER);
  }
}
