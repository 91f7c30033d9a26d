package io.atoll.http.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.map.Key;
import io.atoll.map.Outcome;
import io.atoll.map.WatchReply.Change;
import io.atoll.map.WatchReply.Kind;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.SessionNotice.QuotaNotice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies, events and notices as JSON into one frame after another. Values go through as
 * they are. Not thread-safe.
 */
final class ReplyWriter {
  private static final byte[] ID = ascii("{\"id\":");
  private static final byte[] OK = ascii(",\"ok\":true");
  private static final byte[] NOT_OK = ascii(",\"ok\":false");
  private static final byte[] ERROR = ascii(",\"error\":{\"code\":\"");
  private static final byte[] MESSAGE = ascii("\",\"message\":");
  private static final byte[] QUOTA = ascii(",\"quota\":");
  private static final byte[] CURRENT = ascii(",\"current\":");
  private static final byte[] LIMIT = ascii(",\"limit\":");
  private static final byte[] RETRY_AFTER = ascii(",\"retryAfter\":");
  private static final byte[] VERSION = ascii(",\"version\":");
  private static final byte[] VALUE = ascii(",\"value\":");
  private static final byte[] ITEMS = ascii(",\"items\":[");
  private static final byte[] ITEM_KEY = ascii("{\"key\":");
  private static final byte[] KEY = ascii(",\"key\":");
  private static final byte[] NEXT = ascii("],\"next\":");
  private static final byte[] NULL = ascii("null");
  private static final byte[] SEQ = ascii(",\"seq\":");
  private static final byte[] WATCH = ascii("{\"watch\":");
  private static final byte[] EVENT = ascii(",\"event\":\"");
  private static final byte[] SET = ascii("set");
  private static final byte[] DELETE = ascii("delete");
  private static final byte[] EXPIRE = ascii("expire");
  private static final byte[] CLEAR = ascii("clear");
  private static final byte[] RESET = ascii("reset");
  private static final byte[] END = ascii("end");
  private static final byte[] NOTICE = ascii("{\"notice\":\"quota\",\"quota\":");
  private static final byte[] UTILIZATION = ascii(",\"utilization\":");

  private final ByteSink sink = new ByteSink();
  private int items;

  /** How many bytes wait to be {@link #take taken}. */
  int length() {
    return sink.length();
  }

  boolean isEmpty() {
    return items == 0;
  }

  /** All that was written as one frame: an object, or an array of objects. */
  byte[] take() {
    boolean single = items == 1;
    items = 0;
    return single ? sink.take(1) : sink.put(']').take(0);
  }

  /** Done; there is nothing more to say. */
  void done(RequestId id) {
    begin(ID).put(id.json()).put(OK).put('}');
  }

  void refused(RequestId id, Refusal refusal) {
    begin(ID).put(id.json()).put(NOT_OK);
    error(refusal);
    sink.put('}');
  }

  /** What became of an operation. */
  void outcome(RequestId id, Outcome outcome) {
    switch (outcome) {
      case Outcome.Written written ->
          begin(ID).put(id.json()).put(OK).put(VERSION).put(written.version()).put('}');
      case Outcome.Found found -> found(id, found);
      case Outcome.Removed removed -> done(id);
      case Outcome.Scanned scanned -> scanned(id, scanned);
      case Outcome.Refused refused -> refused(id, refused.refusal());
      case Outcome.MapsListed listed ->
          refused(id, Refusal.of(ErrorCode.INTERNAL, "not an answer to an operation"));
    }
  }

  /** The watch holds from this change on. */
  void watching(RequestId id, long seq) {
    begin(ID).put(id.json()).put(OK).put(SEQ).put(seq).put('}');
  }

  /** A change that a watch has seen. */
  void change(RequestId watch, Change change) {
    begin(WATCH).put(watch.json());
    sink.put(SEQ).put(change.seq()).put(EVENT).put(name(change.kind())).put('"');
    Key key = change.key();
    if (key != null) {
      sink.put(KEY).putString(key.bytes());
    }
    byte[] value = change.value();
    if (value != null) {
      sink.put(VALUE).put(value).put(VERSION).put(change.version());
    }
    sink.put('}');
  }

  /** A watch has ended although the session goes on. */
  void watchEnded(RequestId watch, Refusal refusal) {
    begin(WATCH).put(watch.json()).put(EVENT).put(END).put('"');
    error(refusal);
    sink.put('}');
  }

  void notice(QuotaNotice notice) {
    BigDecimal utilization =
        BigDecimal.valueOf(notice.utilization()).setScale(1, RoundingMode.HALF_UP);
    begin(NOTICE).putString(notice.quota().getBytes(UTF_8));
    sink.put(UTILIZATION).put(ascii(utilization.toString())).put('}');
  }

  private ByteSink begin(byte[] opening) {
    items++;
    return sink.put(items == 1 ? '[' : ',').put(opening);
  }

  private void found(RequestId id, Outcome.Found found) {
    begin(ID).put(id.json()).put(OK).put(VALUE).put(found.value());
    sink.put(VERSION).put(found.version()).put('}');
  }

  private void scanned(RequestId id, Outcome.Scanned scanned) {
    begin(ID).put(id.json()).put(OK).put(ITEMS);
    items(scanned.items());
    sink.put(NEXT);
    Key next = scanned.next();
    (next == null ? sink.put(NULL) : sink.putString(next.bytes())).put('}');
  }

  private void items(List<Outcome.Item> page) {
    boolean first = true;
    for (Outcome.Item item : page) {
      (first ? sink : sink.put(',')).put(ITEM_KEY).putString(item.key().bytes());
      byte[] value = item.value();
      (value == null ? sink : sink.put(VALUE).put(value)).put(VERSION).put(item.version()).put('}');
      first = false;
    }
  }

  private void error(Refusal refusal) {
    sink.put(ERROR).put(ascii(refusal.code().name())).put(MESSAGE);
    sink.putString(refusal.detail().getBytes(UTF_8));
    figures(refusal.denial());
    if (refusal.retryAfterMs() >= 0) {
      sink.put(RETRY_AFTER).put(refusal.retryAfterMs());
    }
    sink.put('}');
  }

  private void figures(@Nullable Denial denial) {
    if (denial == null) {
      return;
    }
    sink.put(QUOTA).putString(denial.quota().getBytes(UTF_8));
    sink.put(CURRENT).put(denial.current()).put(LIMIT).put(denial.limit());
  }

  private static byte[] name(Kind kind) {
    return switch (kind) {
      case SET -> SET;
      case DELETE -> DELETE;
      case EXPIRE -> EXPIRE;
      case CLEAR -> CLEAR;
      case RESET -> RESET;
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
