package io.atoll.map;

import java.util.ArrayList;
import java.util.List;

/** What became of operations, on its way between nodes. */
final class OutcomeCodec {
  private static final byte CREATED = 1;
  private static final byte REPLACED = 2;
  private static final byte FOUND = 3;
  private static final byte REMOVED = 4;
  private static final byte SCANNED = 5;
  private static final byte SCANNED_MORE = 6;
  private static final byte MAPS_LISTED = 7;
  private static final byte REFUSED = 8;

  private static final byte WITHOUT_VALUE = 0;
  private static final byte WITH_VALUE = 1;

  private OutcomeCodec() {}

  /** Bytes that the outcome takes, about. */
  static int size(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found found -> 12 + found.value().length;
      case Outcome.Scanned scanned -> size(scanned);
      case Outcome.MapsListed listed -> size(listed);
      case Outcome.Refused refused -> 96 + refused.refusal().detail().length();
      case Outcome.Written _, Outcome.Removed _ -> 12;
    };
  }

  private static int size(Outcome.MapsListed listed) {
    int size = 16;
    for (Outcome.MapSize map : listed.maps()) {
      size += 16 + map.name().length();
    }
    return size;
  }

  private static int size(Outcome.Scanned scanned) {
    int size = 16;
    for (Outcome.Item item : scanned.items()) {
      byte[] value = item.value();
      size += 16 + item.key().length() + (value == null ? 0 : value.length);
    }
    return size;
  }

  static void write(Outcome outcome, Output output) {
    switch (outcome) {
      case Outcome.Written written ->
          output.code(written.created() ? CREATED : REPLACED).shortNumber(written.version());
      case Outcome.Found found ->
          output.code(FOUND).shortNumber(found.version()).shortBlock(found.value());
      case Outcome.Removed() -> output.code(REMOVED);
      case Outcome.Scanned scanned -> write(scanned, output);
      case Outcome.MapsListed listed -> write(listed, output);
      case Outcome.Refused refused -> RefusalCodec.write(refused.refusal(), output.code(REFUSED));
    }
  }

  private static void write(Outcome.Scanned scanned, Output output) {
    Key next = scanned.next();
    if (next == null) {
      output.code(SCANNED);
    } else {
      output.code(SCANNED_MORE).shortBlock(next.bytes());
    }
    output.shortCount(scanned.items().size());
    for (Outcome.Item item : scanned.items()) {
      byte[] value = item.value();
      output.shortBlock(item.key().bytes()).shortNumber(item.version());
      if (value == null) {
        output.code(WITHOUT_VALUE);
      } else {
        output.code(WITH_VALUE).shortBlock(value);
      }
    }
  }

  private static void write(Outcome.MapsListed listed, Output output) {
    output.code(MAPS_LISTED).shortCount(listed.maps().size());
    for (Outcome.MapSize map : listed.maps()) {
      output.text(map.name()).shortNumber(map.entries()).shortNumber(map.bytes());
    }
  }

  static Outcome read(Input input) {
    byte kind = input.code();
    return switch (kind) {
      case CREATED -> new Outcome.Written(input.shortNumber(), true);
      case REPLACED -> new Outcome.Written(input.shortNumber(), false);
      case FOUND -> found(input);
      case REMOVED -> new Outcome.Removed();
      case SCANNED -> new Outcome.Scanned(items(input), null);
      case SCANNED_MORE -> scannedMore(input);
      case MAPS_LISTED -> new Outcome.MapsListed(maps(input));
      case REFUSED -> new Outcome.Refused(RefusalCodec.refusal(input));
      default -> throw new IllegalArgumentException("unknown kind of outcome: " + kind);
    };
  }

  private static Outcome.Found found(Input input) {
    long version = input.shortNumber();
    return new Outcome.Found(input.shortBlock(), version);
  }

  private static Outcome.Scanned scannedMore(Input input) {
    Key next = Key.of(input.shortBlock());
    return new Outcome.Scanned(items(input), next);
  }

  private static List<Outcome.Item> items(Input input) {
    int count = input.shortCount();
    List<Outcome.Item> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Key key = Key.of(input.shortBlock());
      long version = input.shortNumber();
      byte[] value = input.code() == WITHOUT_VALUE ? null : input.shortBlock();
      items.add(new Outcome.Item(key, value, version));
    }
    return items;
  }

  private static List<Outcome.MapSize> maps(Input input) {
    int count = input.shortCount();
    List<Outcome.MapSize> maps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      maps.add(new Outcome.MapSize(input.text(), input.shortNumber(), input.shortNumber()));
    }
    return maps;
  }
}
