package io.atoll.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atoll.ledger.LedgerEvent.MinutesMetered;
import io.atoll.ledger.LedgerState;
import io.atoll.ledger.Watermark;
import io.atoll.usage.UsageBucket;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/** Writes and reads the events and snapshots of usage ledgers. */
final class LedgerCodec {
  static final String METERED = "minutes-metered-1";
  static final String STATE = "ledger-state-1";

  private LedgerCodec() {}

  static ObjectNode write(MinutesMetered event) {
    ObjectNode node = Wire.object().put("closedThrough", event.closedThrough());
    Wire.list(node, "minutes", event.minutes(), LedgerCodec::write);
    Wire.list(node, "maps", event.watermarks(), LedgerCodec::write);
    return node;
  }

  static MinutesMetered metered(JsonNode node) {
    return new MinutesMetered(minutes(node), watermarks(node), Wire.number(node, "closedThrough"));
  }

  static ObjectNode write(LedgerState state) {
    ObjectNode node =
        Wire.object()
            .put("closedThrough", state.closedThrough())
            .put("closedStorageBytes", state.closedStorageBytes());
    Wire.list(node, "minutes", state.minutes().values(), LedgerCodec::write);
    Wire.list(node, "maps", state.watermarks().values(), LedgerCodec::write);
    return node;
  }

  static LedgerState state(JsonNode node) {
    TreePMap<Long, UsageBucket> minutes = TreePMap.empty();
    for (UsageBucket bucket : minutes(node)) {
      minutes = minutes.plus(bucket.minute(), bucket);
    }
    PMap<String, Watermark> watermarks = HashTreePMap.empty();
    for (Watermark mark : watermarks(node)) {
      watermarks = watermarks.plus(mark.map(), mark);
    }
    return new LedgerState(
        minutes,
        watermarks,
        Wire.number(node, "closedThrough"),
        Wire.number(node, "closedStorageBytes"));
  }

  private static List<UsageBucket> minutes(JsonNode node) {
    return Wire.list(node, "minutes", LedgerCodec::bucket);
  }

  private static List<Watermark> watermarks(JsonNode node) {
    return Wire.list(
        node,
        "maps",
        mark ->
            new Watermark(
                Wire.text(mark, "map"),
                Wire.number(mark, "sequenceNr"),
                Wire.number(mark, "entries"),
                Wire.number(mark, "bytes")));
  }

  private static ObjectNode write(Watermark mark) {
    return Wire.object()
        .put("map", mark.map())
        .put("sequenceNr", mark.sequenceNr())
        .put("entries", mark.entries())
        .put("bytes", mark.bytes());
  }

  static ObjectNode write(UsageBucket bucket) {
    return Wire.object()
        .put("minute", bucket.minute())
        .put("readOps", bucket.readOps())
        .put("writeOps", bucket.writeOps())
        .put("rejectedOps", bucket.rejectedOps())
        .put("storageBytes", bucket.storageBytes())
        .put("storageDelta", bucket.storageDelta())
        .put("connectionMillis", bucket.connectionMillis())
        .put("peakConnections", bucket.peakConnections())
        .put("bytesIn", bucket.bytesIn())
        .put("bytesOut", bucket.bytesOut())
        .put("messagesIn", bucket.messagesIn())
        .put("messagesOut", bucket.messagesOut());
  }

  static UsageBucket bucket(JsonNode node) {
    return new UsageBucket(
        Wire.number(node, "minute"),
        Wire.number(node, "readOps"),
        Wire.number(node, "writeOps"),
        Wire.number(node, "rejectedOps"),
        Wire.number(node, "storageBytes"),
        Wire.number(node, "storageDelta"),
        Wire.number(node, "connectionMillis"),
        Wire.number(node, "peakConnections"),
        Wire.number(node, "bytesIn"),
        Wire.number(node, "bytesOut"),
        Wire.number(node, "messagesIn"),
        Wire.number(node, "messagesOut"));
  }
}
