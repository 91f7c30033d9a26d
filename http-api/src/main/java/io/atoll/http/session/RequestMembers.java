package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.http.json.JsonProblem;
import io.atoll.http.json.JsonStrings;
import org.jspecify.annotations.Nullable;

/** Where the members of one request stand in its frame. Reused from request to request. */
final class RequestMembers {
  private static final int SHOWN_BYTES = 64;

  private final int[] from = new int[Field.count()];
  private final int[] to = new int[Field.count()];
  private byte[] text = {};
  private int present;
  private int escaped;
  private boolean idTwice;
  private @Nullable String problem;
  private @Nullable JsonProblem valueProblem;

  void reset(byte[] frame) {
    text = frame;
    present = 0;
    escaped = 0;
    idTwice = false;
    problem = null;
    valueProblem = null;
  }

  /** Takes in the name of a member, given without its quotes; null when there is no such field. */
  @Nullable Field name(int start, int end, boolean hasEscapes) {
    Field field = fieldAt(start, end, hasEscapes);
    if (field == null) {
      note("unknown field " + shown(start, end));
    } else if (has(field)) {
      note(field.wireName() + " is there twice");
      idTwice |= field == Field.ID;
    }
    return field;
  }

  /** Takes in the value of a member. */
  void value(Field field, int start, int end, boolean hasEscapes) {
    from[field.place()] = start;
    to[field.place()] = end;
    present |= field.bit();
    escaped = hasEscapes ? escaped | field.bit() : escaped & ~field.bit();
  }

  /** Takes in what is wrong with the value to store. */
  void valueProblem(@Nullable JsonProblem found) {
    valueProblem = found;
  }

  /** The first thing wrong with the members as such, null when nothing is. */
  @Nullable String problem() {
    return problem;
  }

  @Nullable JsonProblem valueProblem() {
    return valueProblem;
  }

  /** The fields that are there, as bits. */
  int present() {
    return present;
  }

  boolean has(Field field) {
    return (present & field.bit()) != 0;
  }

  /** Whether there is one id and no second one. */
  boolean hasOneId() {
    return has(Field.ID) && !idTwice;
  }

  /** Where the value's JSON begins. */
  int from(Field field) {
    return from[field.place()];
  }

  /** Where the value's JSON ends. */
  int to(Field field) {
    return to[field.place()];
  }

  /** The first byte of the value's JSON, which tells its kind. */
  byte kind(Field field) {
    return text[from(field)];
  }

  /** Whether the value is a string with escapes in it. */
  boolean escaped(Field field) {
    return (escaped & field.bit()) != 0;
  }

  /** The content of a string in UTF-8; null for other kinds and for what is no text. */
  byte @Nullable [] string(Field field) {
    if (kind(field) != '"') {
      return null;
    }
    int start = from(field) + 1;
    int end = to(field) - 1;
    return escaped(field)
        ? JsonStrings.unescape(text, start, end)
        : JsonStrings.plain(text, start, end);
  }

  private @Nullable Field fieldAt(int start, int end, boolean hasEscapes) {
    if (!hasEscapes) {
      return Field.byName(text, start, end);
    }
    byte[] name = JsonStrings.unescape(text, start, end);
    return name == null ? null : Field.byName(name, 0, name.length);
  }

  private void note(String found) {
    problem = problem == null ? found : problem;
  }

  private String shown(int start, int end) {
    return new String(text, start, Math.min(end - start, SHOWN_BYTES), UTF_8);
  }
}
