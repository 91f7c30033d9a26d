package io.atoll.http.session;

import io.atoll.map.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one frame on one tenant, with the ids under which they are answered; or the bad
 * requests of a frame that holds nothing else, which the tenant admits as one request.
 */
final class Batch {
  private final String tenantId;
  private final long startedAt;
  private final List<Operation> operations = new ArrayList<>();
  private final List<@Nullable RequestId> ids = new ArrayList<>();
  private long bytes;
  private int open;

  private List<Request.Bad> bad = List.of();

  /** An empty batch that came at this monotonic time in nanoseconds. */
  Batch(String tenantId, long startedAt) {
    this.tenantId = tenantId;
    this.startedAt = startedAt;
  }

  /** A batch of requests that are not to be carried out. */
  static Batch ofBad(String tenantId, long startedAt, List<Request.Bad> bad) {
    Batch batch = new Batch(tenantId, startedAt);
    batch.bad = List.copyOf(bad);
    bad.forEach(request -> batch.ids.add(request.id()));
    batch.open = bad.size();
    return batch;
  }

  void add(RequestId id, Operation operation) {
    ids.add(id);
    operations.add(operation);
    bytes += operation.bytesIn();
    open++;
  }

  String tenantId() {
    return tenantId;
  }

  long startedAt() {
    return startedAt;
  }

  /** The operations in their order; not to be changed once they were sent. */
  List<Operation> operations() {
    return operations;
  }

  long bytes() {
    return bytes;
  }

  /** The requests that cannot be understood, in the place of the operations. */
  List<Request.Bad> bad() {
    return bad;
  }

  /** How many operations have no answer yet. */
  int open() {
    return open;
  }

  int size() {
    return ids.size();
  }

  /** The id at this position, which is answered by that; null when it was answered before. */
  @Nullable RequestId answer(int position) {
    RequestId id = ids.get(position);
    if (id != null) {
      ids.set(position, null);
      open--;
    }
    return id;
  }
}
