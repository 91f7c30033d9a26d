package io.atoll.map;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.MapEvent.Deleted;
import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.map.MapEvent.EntryChange;
import io.atoll.map.MapEvent.Expired;
import io.atoll.map.MapEvent.Put;
import io.atoll.map.MapEvent.Receipted;
import io.atoll.map.Receipt.Answer;
import io.atoll.quota.Account;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of operations, one after the other, against a committed state and what the batch
 * itself has changed: each gets its outcome, and the changes become one event. Growth is reserved
 * in the tenant's account as it is decided. The pages of all keys must be resident. Not
 * thread-safe.
 */
final class BatchDecision {
  private static final long RECEIPT_LIFETIME_MS = 24L * 60 * 60 * 1000;
  private static final Outcome REMOVED = new Outcome.Removed();
  private static final Outcome KEY_REUSED =
      refused(
          ErrorCode.CONFLICT,
          "the idempotency key was used for another request; use a new key for a new request");

  private final MapState state;
  private final Function<PageReference, Page> pages;
  private final Account account;
  private final long now;
  private final Map<Key, Slot> changed = new HashMap<>();
  private final List<EntryChange> changes = new ArrayList<>();
  private long seq;
  private long entries;
  private long bytes;
  private long writeOperations;
  private long bytesIn;
  private long rejectedOperations;
  private long repeatedOperations;

  /** A batch decided at {@code now}, epoch milliseconds. */
  BatchDecision(MapState state, Function<PageReference, Page> pages, Account account, long now) {
    this.state = state;
    this.pages = pages;
    this.account = account;
    this.now = Math.max(now, state.at());
    this.seq = state.seq();
    this.entries = state.entries();
    this.bytes = state.bytes();
  }

  /** The value of the key as the operations before left it. */
  Outcome get(Key key) {
    Entry entry = live(key);
    return entry == null ? missing(key) : new Outcome.Found(entry.value(), entry.version());
  }

  /** Whether an operation of this batch has changed the key. */
  boolean hasChanged(Key key) {
    return changed.containsKey(key);
  }

  /** Stores or deletes an entry, or gives the first answer again. */
  Outcome write(Operation.Write write) {
    Idempotency idempotency = write.idempotency();
    if (idempotency == null) {
      return counted(write, perform(write));
    }
    Key receiptKey = Receipt.keyOf(idempotency.key());
    Receipt receipt = receipt(receiptKey);
    if (receipt == null) {
      Outcome outcome = perform(write);
      remember(receiptKey, idempotency, outcome);
      return counted(write, outcome);
    }
    if (!receipt.fingerprint().equals(idempotency.fingerprint())) {
      return counted(write, KEY_REUSED);
    }
    repeatedOperations++;
    return repeat(write, receipt);
  }

  private Outcome counted(Operation.Write write, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused && refused.refusal().denial() != null) {
      rejectedOperations++;
    } else {
      writeOperations++;
      bytesIn += write.bytesIn();
    }
    return outcome;
  }

  /** Removes the entry if its time is over. */
  void expire(Key key) {
    Entry entry = current(key);
    if (entry != null && entry.expiredAt(now)) {
      dropExpired(entry);
    }
  }

  /** What the batch wrote, null if it changed nothing. */
  @Nullable EntriesChanged event() {
    return changes.isEmpty()
        ? null
        : new EntriesChanged(
            now,
            state.seq() + 1,
            changes,
            writeOperations,
            bytesIn,
            bytes - state.bytes(),
            entries,
            bytes);
  }

  long writeOperations() {
    return writeOperations;
  }

  long bytesIn() {
    return bytesIn;
  }

  /** Operations that a cap refused: they meter nothing else. */
  long rejectedOperations() {
    return rejectedOperations;
  }

  /** Writes whose first answer was given again: they change nothing and meter as reads. */
  long repeatedOperations() {
    return repeatedOperations;
  }

  long now() {
    return now;
  }

  private Outcome perform(Operation.Write write) {
    Entry entry = live(write.key());
    if (!holds(write.ifVersion(), entry)) {
      return mismatch(write, entry);
    }
    return switch (write) {
      case Operation.Set set -> set(set, entry);
      case Operation.Delete delete -> delete(delete, entry);
    };
  }

  private static boolean holds(long ifVersion, @Nullable Entry entry) {
    if (ifVersion == Operation.ANY) {
      return true;
    }
    if (ifVersion == Operation.ABSENT) {
      return entry == null;
    }
    return entry != null && (ifVersion == Operation.PRESENT || entry.version() == ifVersion);
  }

  private Outcome set(Operation.Set set, @Nullable Entry entry) {
    long moreEntries = entry == null ? 1 : 0;
    long moreBytes = set.bytesIn() - (entry == null ? 0 : entry.size());
    Denial denial = account.reserve(moreEntries, moreBytes);
    if (denial != null) {
      return new Outcome.Refused(Refusal.of(denial));
    }
    long expiresAt = set.ttlMs() == Operation.FOREVER ? -1 : now + set.ttlMs();
    entries += moreEntries;
    bytes += moreBytes;
    seq++;
    changes.add(new Put(set.key(), set.value(), expiresAt));
    changed.put(set.key(), new Slot.Live(set.value(), seq, expiresAt, 0));
    return new Outcome.Written(seq, entry == null);
  }

  private Outcome delete(Operation.Delete delete, @Nullable Entry entry) {
    if (entry == null) {
      return missing(delete.key());
    }
    remove(entry, new Deleted(delete.key()));
    return REMOVED;
  }

  private void remove(Entry entry, EntryChange change) {
    account.release(1, entry.size());
    entries--;
    bytes -= entry.size();
    seq++;
    changes.add(change);
    changed.put(entry.key(), new Slot.Gone(0));
  }

  private void dropExpired(Entry entry) {
    remove(entry, new Expired(entry.key()));
  }

  /** The entry if there is one now; one whose time is over is dropped on the way when writing. */
  private @Nullable Entry live(Key key) {
    Entry entry = current(key);
    if (entry != null && entry.expiredAt(now)) {
      dropExpired(entry);
      return null;
    }
    return entry;
  }

  private @Nullable Entry current(Key key) {
    Slot slot = changed.get(key);
    if (slot == null) {
      slot = state.recent(key);
    }
    return switch (slot) {
      case Slot.Live live -> new Entry(key, live.value(), live.version(), live.expiresAt());
      case Slot.Gone _ -> null;
      case null -> inPage(key);
    };
  }

  private @Nullable Entry inPage(Key key) {
    PageReference reference = state.page(key);
    return reference == null ? null : pages.apply(reference).find(key);
  }

  private @Nullable Receipt receipt(Key receiptKey) {
    Entry entry = current(receiptKey);
    return entry == null || entry.expiredAt(now)
        ? null
        : Receipt.ofValue(entry.value(), entry.expiresAt());
  }

  private void remember(Key receiptKey, Idempotency idempotency, Outcome outcome) {
    Receipt receipt = receiptOf(outcome, idempotency.fingerprint());
    if (receipt != null) {
      changes.add(new Receipted(receiptKey, receipt));
      changed.put(receiptKey, new Slot.Live(receipt.toValue(), 0, receipt.expiresAt(), 0));
    }
  }

  private @Nullable Receipt receiptOf(Outcome outcome, String fingerprint) {
    long expiresAt = now + RECEIPT_LIFETIME_MS;
    return switch (outcome) {
      case Outcome.Written written ->
          new Receipt(
              written.created() ? Answer.CREATED : Answer.REPLACED,
              written.version(),
              fingerprint,
              expiresAt);
      case Outcome.Removed _ -> new Receipt(Answer.REMOVED, 0, fingerprint, expiresAt);
      case Outcome.Refused refused -> refusalReceipt(refused.refusal(), fingerprint, expiresAt);
      case Outcome.Found _, Outcome.Scanned _, Outcome.MapsListed _ -> null;
    };
  }

  /** A quota's refusal is not remembered: the write may pass when it is tried again. */
  private static @Nullable Receipt refusalReceipt(
      Refusal refusal, String fingerprint, long expiresAt) {
    if (refusal.code() == ErrorCode.KEY_NOT_FOUND) {
      return new Receipt(Answer.MISSING, 0, fingerprint, expiresAt);
    }
    return refusal.code() == ErrorCode.VERSION_MISMATCH
        ? new Receipt(Answer.MISMATCHED, 0, fingerprint, expiresAt)
        : null;
  }

  private static Outcome repeat(Operation.Write write, Receipt receipt) {
    return switch (receipt.answer()) {
      case CREATED -> new Outcome.Written(receipt.version(), true);
      case REPLACED -> new Outcome.Written(receipt.version(), false);
      case REMOVED -> REMOVED;
      case MISSING -> missing(write.key());
      case MISMATCHED -> mismatch(write, null);
    };
  }

  private static Outcome mismatch(Operation.Write write, @Nullable Entry entry) {
    String present = entry == null ? "absent" : "at version " + entry.version();
    return refused(
        ErrorCode.VERSION_MISMATCH,
        write.ifVersion() == Operation.ABSENT
            ? "the entry exists already"
            : "the entry is " + present + "; read it again and retry with its version");
  }

  static Outcome missing(Key key) {
    return refused(ErrorCode.KEY_NOT_FOUND, "the map has no entry with this key");
  }

  private static Outcome refused(ErrorCode code, String detail) {
    return new Outcome.Refused(Refusal.of(code, detail));
  }
}
