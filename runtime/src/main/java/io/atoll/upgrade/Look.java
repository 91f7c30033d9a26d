package io.atoll.upgrade;

/** What was seen of the cluster. */
sealed interface Look {
  record Seen(ClusterView view) implements Look {}

  /** No node has answered; the reason is that of the last one asked. */
  record Nothing(String reason) implements Look {}
}
