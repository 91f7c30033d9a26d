package io.atoll.quota;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything of a tenant that can be limited by a single number. */
public enum Quota {
  OPS_PER_SECOND("opsPerSecond", Kind.RATE),
  BURST("burst", Kind.SETTING),
  BYTES_PER_SECOND("bytesPerSecond", Kind.RATE),
  MESSAGES_PER_SECOND("messagesPerSecond", Kind.RATE),
  REQUESTS_PER_SECOND("requestsPerSecond", Kind.RATE),
  CONNECTIONS("connections", Kind.CAP),
  MAPS("maps", Kind.CAP),
  ENTRIES("entries", Kind.CAP),
  STORAGE_BYTES("storageBytes", Kind.CAP),
  TOPICS("topics", Kind.CAP),
  PARTITIONS("partitions", Kind.CAP),
  PRODUCERS("producers", Kind.CAP),
  CONSUMERS("consumers", Kind.CAP),
  CONSUMER_GROUPS("consumerGroups", Kind.CAP),
  RETENTION_HOURS("retentionHours", Kind.SETTING);

  /** The limit that limits nothing. */
  public static final long UNLIMITED = -1;

  /** The largest limit: every JSON reader keeps integers up to it exact. */
  public static final long MAX_LIMIT = (1L << 53) - 1;

  private static final Map<String, Quota> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Quota::apiName, Function.identity()));

  private final String apiName;
  private final Kind kind;

  Quota(String apiName, Kind kind) {
    this.apiName = apiName;
    this.kind = kind;
  }

  /** The name in the API, as in {@code opsPerSecond}. */
  public String apiName() {
    return apiName;
  }

  public static Optional<Quota> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Whether the quota limits what flows in a second. */
  public boolean isRate() {
    return kind == Kind.RATE;
  }

  /** Whether the quota limits how many of a thing there are at a time. */
  public boolean isCap() {
    return kind == Kind.CAP;
  }

  /** Whether a limit can have this value: {@link #UNLIMITED} or 0 to {@link #MAX_LIMIT}. */
  public static boolean isLimit(long value) {
    return value >= UNLIMITED && value <= MAX_LIMIT;
  }

  static long checkLimit(String name, long value) {
    if (!isLimit(value)) {
      throw new IllegalArgumentException(name + " must be -1 or 0 to " + MAX_LIMIT);
    }
    return value;
  }

  private enum Kind {
    RATE,
    CAP,
    SETTING
  }
}
