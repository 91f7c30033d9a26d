package io.atoll.http.listener;

/** Is told of each part of an answer that has left for the network. Called on the event loop. */
@FunctionalInterface
interface AnswerProgress {
  void written(boolean success, boolean last);
}
