package io.atoll.http;

/** What an edge remembers of credentials, refusals and rates. Thread-safe. */
public interface EdgeMemory {
  /** Of an edge that is not there yet. */
  EdgeMemory NONE =
      new EdgeMemory() {
        @Override
        public void forget(String tenantId) {
          // Nothing is remembered.
        }

        @Override
        public void forgetAll() {
          // Nothing is remembered.
        }
      };

  /** Forgets all of this tenant. */
  void forget(String tenantId);

  void forgetAll();
}
