package io.atoll.cassandra;

import static io.atoll.store.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.atoll.directory.DirectoryContract;
import io.atoll.tenant.Directory;
import io.atoll.tenant.Directory.Listing;
import io.atoll.tenant.Directory.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CassandraDirectoryIT extends DirectoryContract {
  private static CassandraSession session;
  private CassandraDirectory directory;

  @BeforeAll
  static void open() {
    session = Cassandras.open();
  }

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
    }
  }

  @BeforeEach
  void empty() {
    Cassandras.empty(session, "listings", "listings_by_filter", "listings_by_name");
    directory = new CassandraDirectory(session);
  }

  @Override
  protected Directory directory() {
    return directory;
  }

  @Test
  void anIndexRowThatAStoppedWriteLeftBehindLeadsToNothing() {
    result(directory.upsert(listing(1, "pro")));
    Cassandras.run(
        session,
        "INSERT INTO listings_by_filter (status, plan, tier, bucket, id, name)"
            + " VALUES ('', 'free', '', 3, 'acme', 'acme')");
    Query query = new Query(null, "free", null, null, id -> true, 10, null);
    assertThat(result(directory.list(query)).items()).isEmpty();
  }

  @Test
  void ofARemovedTenantOnlyTheMarkOfItsRemovalIsLeft() {
    result(directory.upsert(listing(1, "pro")));
    result(directory.upsert(listing(2, "free")));
    result(directory.remove("acme", Long.MAX_VALUE));
    assertThat(rows("listings_by_filter")).isZero();
    assertThat(rows("listings_by_name")).isZero();
    assertThat(rows("listings")).isOne();
  }

  private static long rows(String table) {
    return result(session.execute(SimpleStatement.newInstance("SELECT count(*) FROM " + table)))
        .one()
        .getLong(0);
  }

  private static Listing listing(long version, String plan) {
    return new Listing("acme", "Acme", plan, "A", "ACTIVE", version, new byte[1]);
  }
}
