package io.atoll.http;

import io.atoll.map.Operation;

/** What an operation does, under the name that metrics give it. */
public enum OperationKind {
  GET("get"),
  SET("set"),
  DELETE("delete"),
  SCAN("scan"),
  WATCH("watch"),
  LIST_MAPS("listMaps"),
  DROP_MAP("dropMap");

  private final String label;

  OperationKind(String label) {
    this.label = label;
  }

  public static OperationKind of(Operation operation) {
    return switch (operation) {
      case Operation.Get get -> GET;
      case Operation.Set set -> SET;
      case Operation.Delete delete -> DELETE;
      case Operation.Scan scan -> SCAN;
      case Operation.ListMaps list -> LIST_MAPS;
      case Operation.DropMap drop -> DROP_MAP;
    };
  }

  /** The value of the label {@code op}. */
  public String label() {
    return label;
  }
}
