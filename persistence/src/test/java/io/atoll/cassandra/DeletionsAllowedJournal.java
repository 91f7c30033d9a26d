package io.atoll.cassandra;

import com.typesafe.config.Config;

/** For Pekko's suite, which replays streams whose deleted events no snapshot has. */
public final class DeletionsAllowedJournal extends CassandraJournal {
  DeletionsAllowedJournal(Config config) {
    super(config);
  }

  @Override
  void requireContinued(String stream, StreamHeads.Head head, long snapshot) {}
}
