package io.atoll.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.atoll.map.PageStore;
import io.atoll.store.Keys;
import io.atoll.store.Sealed;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The pages of maps in Cassandra. */
public final class CassandraPageStore implements PageStore {
  /**
   * Deletions that are under way for one caller. The driver takes requests in the order in which
   * they come: all those of a large map at once would keep every tenant's appends waiting.
   */
  private static final int DELETED_AT_A_TIME = 64;

  private final CassandraSession session;
  private final PreparedStatement put;
  private final PreparedStatement get;
  private final PreparedStatement delete;
  private final PreparedStatement mark;
  private final PreparedStatement marks;
  private final PreparedStatement unmark;

  public CassandraPageStore(CassandraSession session) {
    this.session = session;
    this.put = session.prepare("INSERT INTO pages (stream, number, page) VALUES (?, ?, ?)");
    this.get = session.prepare("SELECT page FROM pages WHERE stream = ? AND number = ?");
    this.delete = session.prepare("DELETE FROM pages WHERE stream = ? AND number = ?");
    this.mark = session.prepare("INSERT INTO page_marks (stream, number) VALUES (?, ?)");
    this.marks = session.prepare("SELECT number FROM page_marks WHERE stream = ?");
    this.unmark = session.prepare("DELETE FROM page_marks WHERE stream = ? AND number = ?");
  }

  @Override
  public CompletionStage<Void> write(String stream, List<PageBytes> pages) {
    return session
        .executeAll(pages.stream().map(page -> mark.bind(stream, page.number())).toList())
        .thenCompose(marked ->
            session.executeAll(
                pages.stream()
                    .map(page -> put.bind(stream, page.number(), sealed(stream, page)))
                    .toList()));
  }

  @Override
  public CompletionStage<byte[]> read(String stream, long number) {
    return session
        .execute(get.bind(stream, number))
        .thenApply(found -> page(stream, number, found.one()));
  }

  @Override
  public CompletionStage<Void> delete(String stream, Collection<Long> numbers) {
    return Portions.each(
        List.copyOf(numbers), DELETED_AT_A_TIME, part -> deleteAtOnce(stream, part));
  }

  /** The marks last: a page whose mark is gone would never be found. */
  private CompletionStage<Void> deleteAtOnce(String stream, List<Long> numbers) {
    return session
        .executeAll(numbers.stream().map(number -> delete.bind(stream, number)).toList())
        .thenCompose(gone ->
            session.executeAll(
                numbers.stream().map(number -> unmark.bind(stream, number)).toList()));
  }

  @Override
  public CompletionStage<Set<Long>> numbers(String stream) {
    Set<Long> numbers = new HashSet<>();
    return session
        .forEach(
            marks.bind(stream),
            row -> {
              numbers.add(row.getLong("number"));
              return true;
            })
        .thenApply(read -> numbers);
  }

  private static ByteBuffer sealed(String stream, PageBytes page) {
    return ByteBuffer.wrap(Sealed.seal(Keys.of(stream, page.number()), page.bytes()));
  }

  private static byte[] page(String stream, long number, @Nullable Row row) {
    String what = "Page " + number + " of stream " + stream;
    if (row == null) {
      throw new NoSuchElementException(what + " is not there.");
    }
    ByteBuffer body = Sealed.open(Keys.of(stream, number), Columns.bytes(row, "page"), what);
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }
}
