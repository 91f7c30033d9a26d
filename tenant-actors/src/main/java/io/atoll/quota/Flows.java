package io.atoll.quota;

/** What flows to and from a tenant, all windows cut in the same places. Not thread-safe. */
record Flows(
    SlidingWindow operations, SlidingWindow requests, SlidingWindow bytes, SlidingWindow messages) {
  Flows(WindowShape shape, long origin) {
    this(
        new SlidingWindow(shape, origin),
        new SlidingWindow(shape, origin),
        new SlidingWindow(shape, origin),
        new SlidingWindow(shape, origin));
  }

  /** Needs less memory where nothing flows. */
  void rest(long now) {
    operations.rest(now);
    requests.rest(now);
    bytes.rest(now);
    messages.rest(now);
  }

  boolean areAtRest() {
    return operations.isAtRest() && requests.isAtRest() && bytes.isAtRest() && messages.isAtRest();
  }
}
