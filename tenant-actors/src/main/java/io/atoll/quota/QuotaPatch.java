package io.atoll.quota;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A JSON merge patch of {@link QuotaOverrides}: a value sets the tenant's own limit, an empty one
 * removes it, and what is not named stays, but for actions when {@code actionsAnew}. Immutable.
 */
public record QuotaPatch(
    Map<Quota, Optional<Long>> limits,
    Map<String, Optional<ActionLimit>> actions,
    boolean actionsAnew) {
  /** Changes nothing. */
  public static final QuotaPatch NONE = new QuotaPatch(Map.of(), Map.of());

  /** Removes every limit of the tenant's own. */
  public static final QuotaPatch REMOVE_ALL =
      new QuotaPatch(
          Arrays.stream(Quota.values())
              .collect(Collectors.toMap(Function.identity(), quota -> Optional.empty())),
          Map.of(),
          true);

  public QuotaPatch {
    limits = QuotaOverrides.copy(new EnumMap<>(Quota.class), limits);
    actions = QuotaOverrides.copy(new TreeMap<>(), actions);
    limits.forEach(
        (quota, limit) -> limit.ifPresent(value -> Quota.checkLimit(quota.apiName(), value)));
    actions.keySet().forEach(ActionLimit::checkName);
  }

  /** A patch in which actions that it does not name stay. */
  public QuotaPatch(Map<Quota, Optional<Long>> limits, Map<String, Optional<ActionLimit>> actions) {
    this(limits, actions, false);
  }
}
