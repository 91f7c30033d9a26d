package io.atoll.map;

import java.util.concurrent.CompletionStage;

/** Shortens and erases journal streams. Thread-safe; every call may be repeated. */
public interface History {
  /**
   * Deletes the stream's events up to and including this journal sequence number, and its snapshots
   * before that number.
   */
  CompletionStage<Void> trim(String persistenceId, long toSequenceNr);

  /**
   * Erases the stream: events, snapshots and pages. What is left is the highest sequence number, so
   * that the stream can never be written from 1 again by an actor that knew it.
   */
  CompletionStage<Void> erase(String persistenceId);
}
