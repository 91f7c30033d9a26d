package io.atoll.http.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which method of which path. A template is a path whose {@code {name}}
 * segments take any one segment as it was sent, still percent-encoded; a {@code {name...}} at the
 * end takes all the rest, slashes too. Literal segments go before names. Immutable once built.
 */
final class RouteTable {
  private final Node root = new Node();

  RouteTable add(String method, String template, Handler handler) {
    Node node = root;
    for (String segment : template.substring(1).split("/", -1)) {
      node = node.child(segment);
    }
    if (node.endpoint == null) {
      node.endpoint = new Endpoint(template, new TreeMap<>());
    }
    node.endpoint.methods.put(method, handler);
    return this;
  }

  /** The endpoint of a raw path with what its names stand for, null when there is none. */
  @Nullable Match find(String path) {
    Node node = root;
    List<String> names = new ArrayList<>(3);
    int at = 1;
    while (at <= path.length()) {
      if (node.rest != null && node.rest.endpoint != null) {
        names.add(path.substring(at));
        return new Match(node.rest.endpoint, names);
      }
      int slash = path.indexOf('/', at);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(at, end);
      Node next = node.literals.get(segment);
      if (next == null) {
        next = segment.isEmpty() ? null : node.named;
        names.add(segment);
      }
      if (next == null) {
        return null;
      }
      node = next;
      at = end + 1;
    }
    return node.endpoint == null ? null : new Match(node.endpoint, names);
  }

  /** Every route as {@code METHOD /template}, in order; the rest of a path counts as one name. */
  List<String> routes() {
    List<String> routes = new ArrayList<>();
    root.collect(routes);
    return routes.stream().sorted().toList();
  }

  /** An endpoint and the raw texts that its template's names stand for, in their order. */
  record Match(Endpoint endpoint, List<String> names) {}

  /** The methods of one path. */
  record Endpoint(String template, TreeMap<String, Handler> methods) {
    /** The value of an Allow header; whatever answers GET answers HEAD. */
    String allow() {
      List<String> allowed = new ArrayList<>(methods.keySet());
      if (methods.containsKey("GET")) {
        allowed.add(allowed.indexOf("GET") + 1, "HEAD");
      }
      return String.join(", ", allowed);
    }
  }

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    @Nullable Node named;
    @Nullable Node rest;
    @Nullable Endpoint endpoint;

    void collect(List<String> routes) {
      if (endpoint != null) {
        String template = endpoint.template.replace("...}", "}");
        endpoint.methods.keySet().forEach(method -> routes.add(method + " " + template));
      }
      literals.values().forEach(child -> child.collect(routes));
      Stream.of(Optional.ofNullable(named), Optional.ofNullable(rest))
          .flatMap(Optional::stream)
          .forEach(child -> child.collect(routes));
    }

    Node child(String segment) {
      if (!segment.startsWith("{")) {
        return literals.computeIfAbsent(segment, literal -> new Node());
      }
      if (segment.endsWith("...}")) {
        rest = rest == null ? new Node() : rest;
        return rest;
      }
      named = named == null ? new Node() : named;
      return named;
    }
  }
}
