package io.atoll.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Finds id, success and error code of each reply in a frame, in one pass that makes no objects and
 * trusts the frame to be JSON. Messages without an id are passed over. Not thread-safe.
 */
final class ReplyReader {
  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] OK = "ok".getBytes(US_ASCII);
  private static final byte[] CODE = "code".getBytes(US_ASCII);
  private static final int NONE = -1;

  private final Replies replies;
  private byte[] text = {};
  private int end;
  private int id;
  private boolean ok;
  private int codeFrom;
  private int codeTo;

  /** Takes the replies as they are found. */
  interface Replies {
    void reply(int id, Outcome outcome);
  }

  ReplyReader(Replies replies) {
    this.replies = replies;
  }

  /** Reads a frame: an object or an array of them. */
  void read(byte[] frame, int length) {
    text = frame;
    end = length;
    int inReply = space(0) < end && frame[space(0)] == '[' ? 2 : 1;
    int depth = 0;
    int at = 0;
    while (at < end) {
      switch (text[at]) {
        case '"' -> at = string(at, depth - inReply) - 1;
        case '{', '[' -> {
          if (++depth == inReply) {
            begin();
          }
        }
        case '}', ']' -> {
          if (depth-- == inReply) {
            finish();
          }
        }
        default -> {}
      }
      at++;
    }
  }

  private void begin() {
    id = NONE;
    ok = false;
    codeTo = NONE;
  }

  private void finish() {
    if (id != NONE) {
      replies.reply(id, ok ? Outcome.OK : Outcome.of(code()));
    }
  }

  private String code() {
    return codeTo == NONE ? "UNKNOWN" : new String(text, codeFrom, codeTo - codeFrom, US_ASCII);
  }

  /** Passes a string, and takes what follows if it names a member of interest. */
  private int string(int from, int below) {
    int behind = skip(from);
    if (below > 1 || behind - from > CODE.length + 2) {
      return behind;
    }
    int colon = space(behind);
    if (colon >= end || text[colon] != ':') {
      return behind;
    }
    int value = space(colon + 1);
    if (below == 1) {
      return is(CODE, from) && value < end && text[value] == '"' ? takeCode(value) : behind;
    }
    if (is(ID, from)) {
      id = number(value);
    } else if (is(OK, from)) {
      ok = value < end && text[value] == 't';
    }
    return behind;
  }

  private int takeCode(int quote) {
    int behind = skip(quote);
    codeFrom = quote + 1;
    codeTo = behind - 1;
    return behind;
  }

  private int skip(int quote) {
    int at = quote + 1;
    while (at < end && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, end);
  }

  private int space(int from) {
    int at = from;
    while (at < end && text[at] <= ' ' && text[at] >= 0) {
      at++;
    }
    return at;
  }

  private boolean is(byte[] name, int quote) {
    int behind = quote + 1 + name.length;
    if (behind >= end || text[behind] != '"') {
      return false;
    }
    return java.util.Arrays.equals(text, quote + 1, behind, name, 0, name.length);
  }

  private int number(int from) {
    int number = 0;
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      number = number * 10 + text[at++] - '0';
    }
    return at == from ? NONE : number;
  }
}
