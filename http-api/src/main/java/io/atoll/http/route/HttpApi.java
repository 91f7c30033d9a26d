package io.atoll.http.route;

import io.atoll.access.ParsedKey;
import io.atoll.http.Cluster;
import io.atoll.http.Configuration;
import io.atoll.http.EdgeMemory;
import io.atoll.http.EdgeMetrics;
import io.atoll.http.HttpSettings;
import io.atoll.http.NodeStatus;
import io.atoll.http.credential.Credentials;
import io.atoll.http.gateway.TenantGateway;
import io.atoll.tenant.Directory;
import io.atoll.tenant.HotTenants;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantPost;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/** The edge of a node: the API as a function, and what WebSocket sessions share with it. */
public final class HttpApi implements EdgeMemory {
  private final Credentials credentials;
  private final TenantGateway gateway;
  private final RouteTable table;
  private final Api api;

  private HttpApi(Credentials credentials, TenantGateway gateway, RouteTable table, Api api) {
    this.credentials = credentials;
    this.gateway = gateway;
    this.table = table;
    this.api = api;
  }

  /** What the edge needs of its node. The admin key shows in no text. */
  public record Node(
      ActorSystem<?> system,
      TenantPost tenants,
      Directory directory,
      HotTenants hot,
      Configuration configuration,
      String adminKey,
      EdgeMetrics metrics,
      NodeStatus status,
      Cluster cluster,
      TimeSource time) {
    @Override
    public String toString() {
      return "Node[" + system.name() + "]";
    }
  }

  /** Builds the edge; once for each actor system. */
  public static HttpApi of(HttpSettings settings, Node node) {
    TenantGateway gateway =
        TenantGateway.open(node.system(), node.tenants(), settings.gateway(), node.time());
    Credentials credentials =
        new Credentials(
            settings.credentials(), node.adminKey(), key -> verify(gateway, key), node.time());
    Guard guard = new Guard(credentials);
    RouteTable table = new RouteTable();
    addTenants(table, guard, settings, node, gateway);
    addData(table, guard, settings, node, gateway);
    new NodeRoutes(node.status()).addTo(table);
    new DocRoutes().addTo(table);
    Api api = new Api(table, guard, gateway, node.metrics());
    return new HttpApi(credentials, gateway, table, api);
  }

  /** The API: never fails. */
  public Function<HttpRequest, CompletionStage<HttpResponse>> function() {
    return api;
  }

  /** Every route as {@code METHOD /template}, in order. */
  List<String> routes() {
    return table.routes();
  }

  public Credentials credentials() {
    return credentials;
  }

  @Override
  public void forget(String tenantId) {
    credentials.forget(tenantId);
    gateway.limitsChanged(tenantId);
  }

  @Override
  public void forgetAll() {
    credentials.forgetAll();
    gateway.forgetAll();
  }

  public TenantGateway gateway() {
    return gateway;
  }

  private static void addTenants(
      RouteTable table, Guard guard, HttpSettings settings, Node node, TenantGateway gateway) {
    Tenants tenants = new Tenants(gateway, node.hot());
    Bodies bodies = new Bodies(Materializer.matFromSystem(node.system()));
    TenantJson json = new TenantJson(settings.region(), node.cluster());
    new TenantRoutes(
            node.cluster(), tenants, bodies, new TenantBodies(node.configuration().plans()), json)
        .addTo(table, guard);
    new DirectoryRoutes(node.directory(), node.hot(), json).addTo(table, guard);
    new KeyRoutes(tenants, bodies, node.time()).addTo(table, guard);
    new UsageRoutes(tenants, node.time()).addTo(table, guard);
    new StatsRoutes(tenants, node.cluster()).addTo(table, guard);
    new LimitRoutes(tenants, bodies, node.directory(), node.metrics()).addTo(table, guard);
    new PlanRoutes(node.configuration(), node.cluster(), bodies).addTo(table, guard);
    new ReloadRoutes(node.configuration(), bodies).addTo(table, guard);
    new ClusterRoutes(node.cluster(), settings.region()).addTo(table, guard);
    new MigrationRoutes(node.cluster(), tenants, bodies).addTo(table, guard);
  }

  private static void addData(
      RouteTable table, Guard guard, HttpSettings settings, Node node, TenantGateway gateway) {
    Operator operator = new Operator(gateway, node.metrics());
    Bodies bodies = new Bodies(Materializer.matFromSystem(node.system()));
    int value = settings.maxValueBytes();
    new EntryRoutes(operator, bodies, value).addTo(table, guard);
    new MapRoutes(operator).addTo(table, guard);
    new BatchRoutes(operator, bodies, settings.listener().sizes().maxBody(), value)
        .addTo(table, guard);
    new WatchRoutes(
            node.system(),
            gateway,
            settings.watchHeartbeat(),
            settings.gateway().requestTimeout(),
            node.time())
        .addTo(table, guard);
    table.add("GET", "/v1/ws", guard.anyData(call -> noUpgrade()));
  }

  private static CompletionStage<HttpResponse> noUpgrade() {
    throw RefusedException.invalid("this path answers WebSocket handshakes only");
  }

  private static CompletionStage<TenantReply> verify(TenantGateway gateway, ParsedKey key) {
    return gateway.ask(
        key.tenantId(), replyTo -> new TenantCommand.VerifyKey(key.keyId(), key.secret(), replyTo));
  }
}
