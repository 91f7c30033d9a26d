package io.atoll.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.map.Manifest.PageReference;
import io.atoll.map.MapEvent.Checkpointed;
import io.atoll.map.MapEvent.Cleared;
import io.atoll.map.MapEvent.Deleted;
import io.atoll.map.MapEvent.EntriesChanged;
import io.atoll.map.MapEvent.EntryChange;
import io.atoll.map.MapEvent.Expired;
import io.atoll.map.MapEvent.Put;
import io.atoll.map.MapEvent.Receipted;
import io.atoll.map.Receipt.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored form of map events: fixed fields big-endian, then variable ones with their lengths.
 * The forms are for ever; a new one gets a new manifest in {@link MapSerializer}.
 */
final class MapEventCodec {
  private static final byte PUT = 1;
  private static final byte DELETED = 2;
  private static final byte EXPIRED = 3;
  private static final byte RECEIPTED = 4;

  private MapEventCodec() {}

  static byte[] encode(EntriesChanged event) {
    Output output = new Output(96 + event.changes().size() * 64);
    output
        .number(event.at())
        .number(event.firstSeq())
        .number(event.writeOperations())
        .number(event.bytesIn())
        .number(event.storageDelta())
        .number(event.entries())
        .number(event.bytes())
        .count(event.changes().size());
    event.changes().forEach(change -> encode(change, output));
    return output.toBytes();
  }

  static EntriesChanged entriesChanged(byte[] bytes) {
    Input input = new Input(bytes);
    long at = input.number();
    long firstSeq = input.number();
    long writeOperations = input.number();
    long bytesIn = input.number();
    long storageDelta = input.number();
    long entries = input.number();
    long size = input.number();
    int count = input.count();
    List<EntryChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(change(input));
    }
    return new EntriesChanged(
        at, firstSeq, changes, writeOperations, bytesIn, storageDelta, entries, size);
  }

  static byte[] encode(Cleared event) {
    return new Output(40)
        .number(event.at())
        .number(event.seq())
        .number(event.generation())
        .number(event.storageDelta())
        .number(event.writeOperations())
        .toBytes();
  }

  static Cleared cleared(byte[] bytes) {
    Input input = new Input(bytes);
    return new Cleared(
        input.number(), input.number(), input.number(), input.number(), input.number());
  }

  /** The form before drops were metered from the map's own stream. */
  static Cleared clearedUnmetered(byte[] bytes) {
    Input input = new Input(bytes);
    return new Cleared(input.number(), input.number(), input.number(), input.number(), 0);
  }

  static byte[] encode(Checkpointed event) {
    Output output =
        new Output(64)
            .number(event.at())
            .number(event.throughOrdinal())
            .number(event.historyFrom())
            .number(event.entries())
            .number(event.bytes());
    encode(event.manifest(), output);
    return output.toBytes();
  }

  static Checkpointed checkpointed(byte[] bytes) {
    Input input = new Input(bytes);
    long at = input.number();
    long through = input.number();
    long historyFrom = input.number();
    long entries = input.number();
    long size = input.number();
    return new Checkpointed(at, through, historyFrom, manifest(input), entries, size);
  }

  static void encode(Manifest manifest, Output output) {
    output.count(manifest.pages().size());
    for (PageReference page : manifest.pages()) {
      output
          .number(page.number())
          .block(page.firstKey().bytes())
          .number(page.earliestExpiry())
          .count(page.bytes());
    }
  }

  static Manifest manifest(Input input) {
    int count = input.count();
    List<PageReference> pages = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pages.add(
          new PageReference(input.number(), Key.of(input.block()), input.number(), input.count()));
    }
    return new Manifest(pages);
  }

  private static void encode(EntryChange change, Output output) {
    switch (change) {
      case Put put ->
          output.code(PUT).block(put.key().bytes()).number(put.expiresAt()).block(put.value());
      case Deleted deleted -> output.code(DELETED).block(deleted.key().bytes());
      case Expired expired -> output.code(EXPIRED).block(expired.key().bytes());
      case Receipted receipted -> {
        Receipt receipt = receipted.receipt();
        output
            .code(RECEIPTED)
            .block(receipted.key().bytes())
            .number(receipt.expiresAt())
            .number(receipt.version())
            .count(receipt.answer().code())
            .block(receipt.fingerprint().getBytes(UTF_8));
      }
    }
  }

  private static EntryChange change(Input input) {
    byte code = input.code();
    Key key = Key.of(input.block());
    return switch (code) {
      case PUT -> {
        long expiresAt = input.number();
        yield new Put(key, input.block(), expiresAt);
      }
      case DELETED -> new Deleted(key);
      case EXPIRED -> new Expired(key);
      case RECEIPTED -> {
        long expiresAt = input.number();
        long version = input.number();
        Answer answer = Answer.byCode(input.count());
        String fingerprint = new String(input.block(), UTF_8);
        yield new Receipted(key, new Receipt(answer, version, fingerprint, expiresAt));
      }
      default -> throw new IllegalArgumentException("unknown kind of change: " + code);
    };
  }
}
