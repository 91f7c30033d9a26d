package io.atoll.faults.history;

/** An entry of a tenant's map: each one is a register of its own. */
public record Entry(String tenant, String map, String key) {
  /** The value of a client's write: it names its entry and is never written twice. */
  public String value(int client, long number) {
    return "\"%s#%d-%d\"".formatted(this, client, number);
  }

  /** Whether a value is one of this entry's. */
  public boolean owns(String value) {
    return value.startsWith("\"" + this + "#");
  }

  @Override
  public String toString() {
    return tenant + "/" + map + "/" + key;
  }
}
