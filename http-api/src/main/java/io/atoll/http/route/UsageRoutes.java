package io.atoll.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atoll.tenant.TenantCommand;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import io.atoll.usage.Period;
import io.atoll.usage.UsageBucket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code GET /api/tenants/{id}/usage}: metered usage by minute, hour or day. */
final class UsageRoutes {
  private static final long MINUTE_MS = 60_000;
  private static final long MOST_BUCKETS = 10_000;

  private final Tenants tenants;
  private final TimeSource time;

  UsageRoutes(Tenants tenants, TimeSource time) {
    this.tenants = tenants;
    this.time = time;
  }

  void addTo(RouteTable table, Guard guard) {
    table.add("GET", "/api/tenants/{id}/usage", guard.tenant(this::usage));
  }

  private CompletionStage<HttpResponse> usage(Call call) {
    Query query = call.query("period", "from", "to");
    Period period =
        Period.byName(query.text("period").orElse("day"))
            .orElseThrow(() -> RefusedException.invalid("period must be minute, hour or day"));
    long to = Times.millis("to", query.textOrNull("to"), time.epochMillis() + 1);
    long from = Times.millis("from", query.textOrNull("from"), to - usualSpan(period).toMillis());
    check(period, from, to);
    return tenants.ask(
        call.tenantId(),
        replyTo -> new TenantCommand.ReadUsage(period, from, to, replyTo),
        TenantReply.UsageRead.class,
        read -> Json.response(200, json -> buckets(json, read)));
  }

  private static void check(Period period, long from, long to) {
    if (from >= to) {
      throw RefusedException.invalid("from must be before to");
    }
    if ((to - from) / (period.minutes() * MINUTE_MS) > MOST_BUCKETS) {
      throw RefusedException.invalid("from and to hold more than 10,000 periods between them");
    }
  }

  private static Duration usualSpan(Period period) {
    return switch (period) {
      case MINUTE -> Duration.ofHours(1);
      case HOUR -> Duration.ofDays(1);
      case DAY -> Duration.ofDays(30);
    };
  }

  private static void buckets(JsonGenerator json, TenantReply.UsageRead read) throws IOException {
    json.writeStartObject();
    json.writeStringField("tenantId", read.tenantId());
    json.writeStringField("period", read.period().apiName());
    json.writeArrayFieldStart("items");
    for (UsageBucket bucket : read.buckets()) {
      bucket(json, read, bucket);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void bucket(JsonGenerator json, TenantReply.UsageRead read, UsageBucket bucket)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("tenantId", read.tenantId());
    json.writeStringField("period", read.period().apiName());
    Json.time(json, "from", bucket.minute() * MINUTE_MS);
    Json.time(json, "to", (bucket.minute() + read.period().minutes()) * MINUTE_MS);
    json.writeNumberField("readOps", bucket.readOps());
    json.writeNumberField("writeOps", bucket.writeOps());
    json.writeNumberField("rejectedOps", bucket.rejectedOps());
    json.writeNumberField("storageBytes", bucket.storageBytes());
    json.writeNumberField("storageDelta", bucket.storageDelta());
    json.writeNumberField("connectionMinutes", (double) bucket.connectionMillis() / MINUTE_MS);
    json.writeNumberField("peakConnections", bucket.peakConnections());
    json.writeNumberField("bytesIn", bucket.bytesIn());
    json.writeNumberField("bytesOut", bucket.bytesOut());
    json.writeNumberField("messagesIn", bucket.messagesIn());
    json.writeNumberField("messagesOut", bucket.messagesOut());
    json.writeEndObject();
  }
}
