package io.atoll.store;

/**
 * Where a stream stood for a reader. Joins the heads that the committer knows, if it can still be
 * true.
 *
 * @param commit the number of a commit that the reader has seen, and all before it
 */
record SeenHead(String stream, Head head, long commit) implements Change {
  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void addTo(Batch batch) {
    batch.heads().seen(this);
  }
}
