package io.atoll.faults.history;

/** What a client asks of an entry. */
public sealed interface Action {
  /** Whether the entry may be another one afterwards. */
  boolean writes();

  /** Reads the value. */
  record Get() implements Action {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /** Writes a value over whatever is there. */
  record Set(String value) implements Action {
    @Override
    public boolean writes() {
      return true;
    }
  }

  /** Writes a value over the one of this version; version 0 is an absent one. */
  record CompareAndSet(String value, long version) implements Action {
    @Override
    public boolean writes() {
      return true;
    }
  }

  /** Takes the value away. */
  record Delete() implements Action {
    @Override
    public boolean writes() {
      return true;
    }
  }
}
