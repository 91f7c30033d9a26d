package io.atoll.http.route;

import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.QuotaPatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads quotas: numbers by name, and named actions with a limit and a window. */
final class QuotaBodies {
  private static final Set<String> ACTION = Set.of("limit", "windowMs");

  private QuotaBodies() {}

  /** Quotas of a new tenant, in which nothing can be null. */
  static QuotaPatch create(Fields quotas) {
    return read(quotas, false);
  }

  /** A merge patch, in which null goes back to the plan's limit. */
  static QuotaPatch patch(Fields quotas) {
    return read(quotas, true);
  }

  private static QuotaPatch read(Fields quotas, boolean nullable) {
    Map<Quota, Optional<Long>> limits = new HashMap<>();
    for (String name : quotas.names()) {
      if (!name.equals("actions")) {
        Quota quota = Quota.byName(name).orElseThrow(() -> quotas.wrong(name, "is not a quota"));
        limits.put(
            quota,
            nullable && quotas.isNull(name) ? Optional.empty() : Optional.of(limit(quotas, name)));
      }
    }
    boolean noActions = nullable && quotas.isNull("actions");
    Fields actions = noActions ? null : quotas.object("actions");
    return new QuotaPatch(
        limits, actions == null ? Map.of() : actions(actions, nullable), noActions);
  }

  private static Map<String, Optional<ActionLimit>> actions(Fields actions, boolean nullable) {
    Map<String, Optional<ActionLimit>> limits = new HashMap<>();
    for (String name : actions.names()) {
      if (!ActionLimit.isName(name)) {
        throw actions.wrong(name, "must be 1 to 64 of A-Z a-z 0-9 _ . -");
      }
      limits.put(
          name,
          nullable && actions.isNull(name) ? Optional.empty() : Optional.of(action(actions, name)));
    }
    return limits;
  }

  private static ActionLimit action(Fields actions, String name) {
    Fields action = actions.object(name);
    if (action == null) {
      throw actions.wrong(name, "is missing");
    }
    action.only(ACTION);
    return new ActionLimit(
        limit(action, "limit"), action.integer("windowMs", 1, ActionLimit.MAX_WINDOW_MS));
  }

  private static long limit(Fields fields, String name) {
    return fields.integer(name, Quota.UNLIMITED, Quota.MAX_LIMIT);
  }
}
