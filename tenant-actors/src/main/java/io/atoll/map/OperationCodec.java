package io.atoll.map;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations on their way between nodes. Each begins with its kind and flags; the name of a map is
 * left out where it is that of the operation before.
 */
public final class OperationCodec {
  private static final int GET = 1;
  private static final int SET = 2;
  private static final int DELETE = 3;
  private static final int SCAN = 4;
  private static final int LIST_MAPS = 5;
  private static final int DROP_MAP = 6;

  private static final int KINDS = 0x0F;
  private static final int PROMISED = 0x10;
  private static final int VALUES = 0x20;
  private static final int AFTER = 0x40;
  private static final int SAME_MAP = 0x80;

  private OperationCodec() {}

  /** Bytes that these operations take, about. */
  public static int size(List<Operation> operations) {
    long size = 0;
    for (Operation operation : operations) {
      size += 24 + operation.bytesIn();
    }
    return (int) Math.min(1 << 24, size);
  }

  /** Writes the operations. */
  public static void write(List<Operation> operations, Output output) {
    output.shortCount(operations.size());
    String before = "";
    for (Operation operation : operations) {
      switch (operation) {
        case Operation.ListMaps() -> output.code((byte) LIST_MAPS);
        case Operation.DropMap drop -> {
          head(DROP_MAP, drop.map(), before, drop.idempotency(), output);
          before = drop.map();
        }
        case Operation.OnMap onMap -> {
          write(onMap, before, output);
          before = onMap.map();
        }
      }
    }
  }

  private static void write(Operation.OnMap operation, String before, Output output) {
    switch (operation) {
      case Operation.Get get -> {
        head(GET, get.map(), before, null, output);
        output.shortBlock(get.key().bytes());
      }
      case Operation.Set set -> {
        head(SET, set.map(), before, set.idempotency(), output);
        output
            .shortBlock(set.key().bytes())
            .shortNumber(set.ifVersion())
            .shortNumber(set.ttlMs())
            .shortBlock(set.value());
      }
      case Operation.Delete delete -> {
        head(DELETE, delete.map(), before, delete.idempotency(), output);
        output.shortBlock(delete.key().bytes()).shortNumber(delete.ifVersion());
      }
      case Operation.Scan scan -> write(scan, before, output);
    }
  }

  private static void write(Operation.Scan scan, String before, Output output) {
    Key after = scan.after();
    int flags = (scan.values() ? VALUES : 0) | (after == null ? 0 : AFTER);
    head(SCAN | flags, scan.map(), before, null, output);
    output.shortBlock(scan.prefix().bytes()).shortNumber(scan.limit());
    if (after != null) {
      output.shortBlock(after.bytes());
    }
  }

  private static void head(
      int code, String map, String before, @Nullable Idempotency promise, Output output) {
    boolean same = map.equals(before);
    output.code((byte) (code | (same ? SAME_MAP : 0) | (promise == null ? 0 : PROMISED)));
    if (!same) {
      output.text(map);
    }
    if (promise != null) {
      PromiseCodec.write(promise, output);
    }
  }

  /** Reads what was written. */
  public static List<Operation> read(Input input) {
    int count = input.shortCount();
    List<Operation> operations = new ArrayList<>(count);
    String map = "";
    for (int i = 0; i < count; i++) {
      int code = input.code();
      if ((code & KINDS) == LIST_MAPS) {
        operations.add(new Operation.ListMaps());
      } else {
        map = (code & SAME_MAP) == 0 ? input.text() : map;
        operations.add(read(code, map, input));
      }
    }
    return operations;
  }

  private static Operation read(int code, String map, Input input) {
    Idempotency promise = (code & PROMISED) == 0 ? null : PromiseCodec.read(input);
    return switch (code & KINDS) {
      case GET -> new Operation.Get(map, key(input));
      case SET -> set(map, promise, input);
      case DELETE -> new Operation.Delete(map, key(input), input.shortNumber(), promise);
      case SCAN -> scan(code, map, input);
      case DROP_MAP -> new Operation.DropMap(map, promise);
      default -> throw new IllegalArgumentException("unknown kind of operation: " + code);
    };
  }

  private static Operation.Set set(String map, @Nullable Idempotency promise, Input input) {
    Key key = key(input);
    long ifVersion = input.shortNumber();
    long ttlMs = input.shortNumber();
    return new Operation.Set(map, key, input.shortBlock(), ifVersion, ttlMs, promise);
  }

  private static Operation.Scan scan(int code, String map, Input input) {
    Key prefix = key(input);
    int limit = Math.toIntExact(input.shortNumber());
    Key after = (code & AFTER) == 0 ? null : key(input);
    return new Operation.Scan(map, prefix, after, limit, (code & VALUES) != 0);
  }

  private static Key key(Input input) {
    return Key.of(input.shortBlock());
  }
}
