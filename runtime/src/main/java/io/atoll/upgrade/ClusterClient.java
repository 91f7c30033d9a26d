package io.atoll.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atoll.client.Answer;
import io.atoll.client.ApiClient;
import io.atoll.client.UnreachableException;
import io.atoll.upgrade.ClusterView.NodeView;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the cluster through any of its nodes: those that were given, and those that the cluster has
 * told of. The one that is being restarted is asked last. Confined to one thread.
 */
final class ClusterClient implements Restart {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int CONFLICT = 409;

  private final ApiClient api;
  private final List<URI> given;
  private final Map<String, URI> told = new LinkedHashMap<>();

  ClusterClient(ApiClient api, List<URI> given) {
    this.api = api;
    this.given = List.copyOf(given);
  }

  /** What any node shows; empty with the reason when none answers. */
  Look look(Optional<String> avoided) throws InterruptedException {
    String reason = "";
    for (URI url : urls(avoided)) {
      try {
        Answer answer = api.send(url, "GET", "/api/cluster", null, null);
        if (answer.status() == OK) {
          return new Look.Seen(learn(ClusterView.of(answer.body())));
        }
        refuseCredential(url, answer);
        reason = url + " answers " + answer.problem();
      } catch (UnreachableException silent) {
        reason = String.valueOf(silent.getMessage());
      }
    }
    return new Look.Nothing(reason);
  }

  private static void refuseCredential(URI url, Answer answer) {
    if (answer.status() == 401 || answer.status() == 403) {
      throw UpgradeException.failed(url + " does not take the admin key: " + answer.problem());
    }
  }

  /** Remembers where the nodes of the view answer. */
  ClusterView learn(ClusterView view) {
    for (NodeView node : view.nodes()) {
      node.url().filter(this::isAsSafe).ifPresent(url -> told.put(node.address(), url));
    }
    return view;
  }

  /** Where all that was given is TLS, the key goes nowhere else. */
  private boolean isAsSafe(URI url) {
    return "https".equals(url.getScheme())
        || given.stream().anyMatch(one -> "http".equals(one.getScheme()));
  }

  private List<URI> urls(Optional<String> avoided) {
    List<URI> urls = new ArrayList<>(given);
    told.values().stream().filter(url -> !urls.contains(url)).forEach(urls::add);
    avoided.map(told::get).filter(urls::remove).ifPresent(urls::add);
    return urls;
  }

  @Override
  public Step step() {
    return Step.HANDS_OVER;
  }

  /** Drains the node; what starts its process again is none of this. */
  @Override
  public Result begin(NodeView node, Runnable meanwhile) throws InterruptedException {
    String path = "/api/cluster/nodes/" + URLEncoder.encode(node.address(), UTF_8) + "/drain";
    boolean unsure = false;
    String reason = "";
    for (URI url : urls(Optional.of(node.address()))) {
      try {
        Answer answer = api.send(url, "POST", path, null, null);
        if (answer.status() == ACCEPTED || (unsure && answer.status() == CONFLICT)) {
          return new Result.Begun();
        }
        refuseCredential(url, answer);
        if (answer.status() == CONFLICT) {
          return new Result.Refused(answer.body().path("detail").asText(answer.problem()));
        }
        reason = answer.problem();
      } catch (UnreachableException silent) {
        unsure |= silent.mayBeDone();
        reason = String.valueOf(silent.getMessage());
      }
    }
    return new Result.Failed("node " + node.address() + " was not told to drain: " + reason);
  }
}
