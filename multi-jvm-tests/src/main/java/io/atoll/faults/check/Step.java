package io.atoll.faults.check;

import io.atoll.faults.history.Operation;
import io.atoll.faults.history.Span;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a step of a register, whose state is the number of the write that it holds, or
 * {@link #ABSENT}.
 */
record Step(Operation operation, Effect effect) {
  /** The state of a register that holds nothing. */
  static final int ABSENT = 0;

  /** A number of no write. */
  static final int NOBODY = -1;

  /** The number of each write whose value nobody has seen. */
  static final int UNSEEN = -2;

  Span span() {
    return operation.span();
  }

  /** The register after this step; null where the step cannot be taken. */
  @Nullable Register from(Register before) {
    return switch (effect) {
      case Effect.Read read -> before.write() == read.write() ? before : null;
      case Effect.Other other -> before.write() != other.write() ? before : null;
      case Effect.Write write -> write.over(before);
      case Effect.WriteOver write ->
          write.expected() == before.write() ? write.write().over(before) : null;
      case Effect.Remove remove ->
          before.write() == ABSENT ? null : new Register(ABSENT, before.highest());
    };
  }

  /** The version that a write gets; 0 where nobody has seen it. */
  long version() {
    return switch (effect) {
      case Effect.Write write -> write.version();
      case Effect.WriteOver write -> write.write().version();
      case Effect.Read read -> 0;
      case Effect.Other other -> 0;
      case Effect.Remove remove -> 0;
    };
  }

  boolean reads() {
    return switch (effect) {
      case Effect.Read read -> true;
      case Effect.Other other -> true;
      case Effect.Write write -> false;
      case Effect.WriteOver write -> false;
      case Effect.Remove remove -> false;
    };
  }

  /** The write that is held, and the highest version that was given so far. */
  record Register(int write, long highest) {}

  /** What a step does, or shows of the state. */
  sealed interface Effect {
    /** The state is this one. */
    record Read(int write) implements Effect {}

    /** The state is not this one. */
    record Other(int write) implements Effect {}

    /** Versions grow; a version of 0 was never seen. */
    record Write(int write, long version) implements Effect {
      private @Nullable Register over(Register before) {
        if (version == 0) {
          return new Register(write, before.highest());
        }
        return version > before.highest() ? new Register(write, version) : null;
      }
    }

    /** Writes where the state is the expected one. */
    record WriteOver(Write write, int expected) implements Effect {}

    /** Takes away what is there. */
    record Remove() implements Effect {}
  }
}
