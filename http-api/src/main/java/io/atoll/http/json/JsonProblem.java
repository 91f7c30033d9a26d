package io.atoll.http.json;

/** Why a JSON text is not taken. */
public enum JsonProblem {
  /** Not JSON, or not well-formed UTF-8. */
  MALFORMED("is not valid JSON"),
  /** Arrays and objects nested deeper than {@link JsonScanner#MAX_DEPTH} levels. */
  TOO_DEEP("is nested deeper than " + JsonScanner.MAX_DEPTH + " levels"),
  /** An object that names a member twice. */
  DUPLICATE_MEMBER("has an object with a member twice");

  private final String text;

  JsonProblem(String text) {
    this.text = text;
  }

  /** What is wrong, to go on after the name of the field. */
  public String text() {
    return text;
  }
}
