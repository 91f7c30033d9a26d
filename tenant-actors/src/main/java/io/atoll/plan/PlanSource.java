package io.atoll.plan;

/** Who says what a plan holds; each goes over those before it. */
public enum PlanSource {
  BUILT_IN("builtIn"),
  CONFIGURATION("configuration"),
  STORED("stored");

  private final String apiName;

  PlanSource(String apiName) {
    this.apiName = apiName;
  }

  /** The name in the API, as in {@code builtIn}. */
  public String apiName() {
    return apiName;
  }
}
