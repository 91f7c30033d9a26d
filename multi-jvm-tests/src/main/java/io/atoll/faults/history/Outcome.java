package io.atoll.faults.history;

/** What a client has been told. */
public sealed interface Outcome {
  /** How much is known of the effect. */
  enum Certainty {
    /** It took effect between the call and the answer. */
    OK,
    /** It had no effect and never will. */
    FAILED,
    /** It may take effect at any time after the call, or never. */
    UNKNOWN
  }

  /** How much the client knows. */
  Certainty certainty();

  /** A get has found this. */
  record Found(String value, long version) implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.OK;
    }
  }

  /** The write is the entry's state with this version. */
  record Written(long version) implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.OK;
    }
  }

  /** The entry was there and has been deleted. */
  record Deleted() implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.OK;
    }
  }

  /** A get or a delete has found nothing (404). */
  record Absent() implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.FAILED;
    }
  }

  /** The version is another one (412). */
  record Mismatch() implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.FAILED;
    }
  }

  /** Turned away before anything was looked at (any other 4xx, or never sent). */
  record Refused(String code) implements Outcome {
    /** The code of what could not be sent. */
    public static final String NOT_SENT = "NOT_SENT";

    @Override
    public Certainty certainty() {
      return Certainty.FAILED;
    }
  }

  /**
   * The second attempt was answered like this; whether the first one, which had no answer, took or
   * takes effect is not known.
   */
  record Retried(Outcome answer) implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.UNKNOWN;
    }
  }

  /** No answer, or one of the server's failures (5xx). */
  record Unknown(String why) implements Outcome {
    @Override
    public Certainty certainty() {
      return Certainty.UNKNOWN;
    }
  }
}
