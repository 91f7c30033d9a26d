package io.atoll.tenant;

import io.atoll.tenant.TenantEvent.TenantUsed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the tenant and its keys were last used, as far as it is not written down yet. */
final class KeyUses {
  private Map<String, long[]> uses = Map.of();
  private long lastUsedAt;
  private boolean changed;

  KeyUses(long lastUsedAt) {
    this.lastUsedAt = lastUsedAt;
  }

  /** Notes a use of the tenant, by this key if by any, at this epoch millisecond. */
  void note(@Nullable String keyId, long at) {
    lastUsedAt = Math.max(lastUsedAt, at);
    changed = true;
    if (keyId != null) {
      if (uses.isEmpty()) {
        uses = new HashMap<>();
      }
      uses.computeIfAbsent(keyId, id -> new long[1])[0] = at;
    }
  }

  long lastUsedAt() {
    return lastUsedAt;
  }

  /** When the key was last used, {@code known} if nothing newer is noted. */
  long lastUse(String keyId, long known) {
    long[] noted = uses.get(keyId);
    return noted == null ? known : Math.max(known, noted[0]);
  }

  /** Takes what has to be written down. */
  Optional<TenantUsed> take() {
    if (!changed) {
      return Optional.empty();
    }
    Map<String, Long> taken = new HashMap<>();
    uses.forEach((keyId, at) -> taken.put(keyId, at[0]));
    uses = Map.of();
    changed = false;
    return Optional.of(new TenantUsed(lastUsedAt, taken));
  }
}
