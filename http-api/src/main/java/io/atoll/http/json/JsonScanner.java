package io.atoll.http.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON text in UTF-8 (RFC 8259, RFC 3629) without making objects of it. Every method
 * takes an index and returns the one behind what it has passed, or {@link #MALFORMED}. Not
 * thread-safe; one scanner serves any number of texts.
 */
public final class JsonScanner {
  /** How deep arrays and objects of a value may be nested. */
  public static final int MAX_DEPTH = 128;

  /** The text is not JSON. */
  public static final int MALFORMED = -1;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final MemberNames names = new MemberNames();
  private byte[] text = {};
  private int end;
  private boolean escaped;
  private @Nullable JsonProblem problem;

  /** The problem of a text that shall be one JSON value with white space around, null when none. */
  public static @Nullable JsonProblem check(byte[] text, int from, int to) {
    JsonScanner scanner = new JsonScanner();
    scanner.open(text, to);
    int at = scanner.skipValue(scanner.skipSpace(from));
    if (at < 0 || scanner.skipSpace(at) != to) {
      return JsonProblem.MALFORMED;
    }
    return scanner.problem();
  }

  /** Turns to another text, which ends before this index and is not copied. */
  public void open(byte[] text, int end) {
    this.text = text;
    this.end = end;
  }

  /** The byte at the index, or -1 at the end of the text. */
  public int byteAt(int at) {
    return at < end ? text[at] : -1;
  }

  /** Whether the string passed last holds a backslash. */
  public boolean escaped() {
    return escaped;
  }

  /** What is wrong with the well-formed value that was passed last, null when nothing is. */
  public @Nullable JsonProblem problem() {
    return problem;
  }

  /** Passes white space. */
  public int skipSpace(int from) {
    int at = from;
    while (at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /** Passes a value of any kind that begins here, and finds its {@link #problem}. */
  public int skipValue(int from) {
    names.reset();
    int at = from;
    do {
      at = beginValue(at);
      at = at < 0 ? MALFORMED : endValues(at);
    } while (at >= 0 && names.depth() > 0);
    problem = at < 0 ? JsonProblem.MALFORMED : names.problem(text, from, at);
    return at;
  }

  /** Passes a string, its quotes included. */
  public int skipString(int from) {
    if (byteAt(from) != '"') {
      return MALFORMED;
    }
    escaped = false;
    int at = PlainText.skip(text, from + 1, end);
    while (at >= 0 && at < end) {
      byte next = text[at];
      if (next == '"') {
        return at + 1;
      }
      if (next < 0) {
        at = Utf8.skipSequence(text, at, end);
      } else if (next == '\\') {
        at = plainFrom(skipEscape(at + 1));
      } else if (next < ' ') {
        return MALFORMED;
      } else {
        at++;
      }
    }
    return MALFORMED;
  }

  private int plainFrom(int at) {
    return at < 0 ? MALFORMED : PlainText.skip(text, at, end);
  }

  /** Passes a number. */
  public int skipNumber(int from) {
    int at = byteAt(from) == '-' ? from + 1 : from;
    at = byteAt(at) == '0' ? at + 1 : skipDigits(at);
    if (at >= 0 && byteAt(at) == '.') {
      at = skipDigits(at + 1);
    }
    if (at >= 0 && (byteAt(at) == 'e' || byteAt(at) == 'E')) {
      int sign = byteAt(at + 1);
      at = skipDigits(sign == '+' || sign == '-' ? at + 2 : at + 1);
    }
    return at;
  }

  /** Goes into containers down to a scalar, which it passes, or to an empty container's end. */
  private int beginValue(int from) {
    int at = from;
    while (byteAt(at) == '{' || byteAt(at) == '[') {
      boolean object = text[at] == '{';
      names.enter(object);
      at = skipSpace(at + 1);
      if (byteAt(at) == (object ? '}' : ']')) {
        return at;
      }
      at = object ? skipName(at) : at;
      if (at < 0) {
        return MALFORMED;
      }
    }
    return skipScalar(at);
  }

  /** Passes the ends of containers up to the outermost's, or to where the next value begins. */
  private int endValues(int from) {
    int at = from;
    while (names.depth() > 0) {
      at = skipSpace(at);
      boolean object = names.inObject();
      if (byteAt(at) == ',') {
        at = skipSpace(at + 1);
        return object ? skipName(at) : at;
      }
      if (byteAt(at) != (object ? '}' : ']')) {
        return MALFORMED;
      }
      names.leave();
      at++;
    }
    return at;
  }

  private int skipName(int from) {
    int quote = skipString(from);
    if (quote < 0) {
      return MALFORMED;
    }
    names.add(text, from + 1, quote - 1, escaped);
    int colon = skipSpace(quote);
    return byteAt(colon) == ':' ? skipSpace(colon + 1) : MALFORMED;
  }

  private int skipScalar(int at) {
    return switch (byteAt(at)) {
      case '"' -> skipString(at);
      case 't' -> skipWord(at, TRUE);
      case 'f' -> skipWord(at, FALSE);
      case 'n' -> skipWord(at, NULL);
      default -> skipNumber(at);
    };
  }

  private int skipWord(int at, byte[] word) {
    int behind = at + word.length;
    return behind <= end && Arrays.equals(text, at, behind, word, 0, word.length)
        ? behind
        : MALFORMED;
  }

  private int skipDigits(int from) {
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at == from ? MALFORMED : at;
  }

  /** Passes what follows a backslash. */
  private int skipEscape(int at) {
    escaped = true;
    return switch (byteAt(at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> skipHex(at + 1);
      default -> MALFORMED;
    };
  }

  private int skipHex(int from) {
    for (int at = from; at < from + 4; at++) {
      if (Character.digit(byteAt(at), 16) < 0) {
        return MALFORMED;
      }
    }
    return from + 4;
  }

  private static boolean isSpace(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }
}
