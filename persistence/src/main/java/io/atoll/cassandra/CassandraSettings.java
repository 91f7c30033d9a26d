package io.atoll.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How Cassandra is reached. {@code contactPoints} are {@code host:port}; {@code replication} is the
 * CQL map that the keyspace is made with. With an empty {@code username} there is no login. At most
 * {@code requests} are under way at a time and {@code queuedRequests} wait; more fail at once.
 * After {@code silence} in which nothing has come back Cassandra counts as down; what is in memory
 * is then read on for {@code readsWhileDown}. With {@code migrate} on, a node brings the tables up
 * to date when it starts.
 */
public record CassandraSettings(
    List<String> contactPoints,
    String datacenter,
    String keyspace,
    String replication,
    String username,
    String password,
    Duration requestTimeout,
    Duration silence,
    Duration readsWhileDown,
    int requests,
    int queuedRequests,
    boolean migrate) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
  private static final Pattern CONTACT_POINT = Pattern.compile(".+:\\d{1,5}");

  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
  }

  /** Reads {@code atoll.cassandra}; fails with {@code ConfigException}. */
  public static CassandraSettings from(Config config) {
    Config cassandra = config.getConfig("atoll.cassandra");
    List<String> contactPoints = cassandra.getStringList("contact-points");
    if (contactPoints.isEmpty()
        || !contactPoints.stream().allMatch(it -> CONTACT_POINT.matcher(it).matches())) {
      throw new ConfigException.BadValue(
          "atoll.cassandra.contact-points", "must be a list of host:port");
    }
    String keyspace = cassandra.getString("keyspace");
    if (!NAME.matcher(keyspace).matches()) {
      throw new ConfigException.BadValue(
          "atoll.cassandra.keyspace", "must match " + NAME.pattern());
    }
    return new CassandraSettings(
        contactPoints,
        cassandra.getString("datacenter"),
        keyspace,
        cassandra.getString("replication"),
        cassandra.getString("username"),
        cassandra.getString("password"),
        cassandra.getDuration("request-timeout"),
        cassandra.getDuration("silence"),
        cassandra.getDuration("reads-while-down"),
        cassandra.getInt("requests"),
        cassandra.getInt("queued-requests"),
        cassandra.getBoolean("migrate"));
  }
}
