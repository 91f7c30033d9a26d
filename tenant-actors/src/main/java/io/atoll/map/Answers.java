package io.atoll.map;

import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Outcomes on their way to their requesters: those of one request that are known together leave
 * together, in several messages where one would be too large. Not thread-safe.
 */
final class Answers {
  /** What a map says that has to stop, or whose store does not answer. */
  static final Refusal CANNOT_ANSWER =
      Refusal.of(ErrorCode.UNAVAILABLE, "the map cannot answer now; try again");

  static final Outcome UNAVAILABLE = new Outcome.Refused(CANNOT_ANSWER);

  private final String tenantId;
  private final List<Ready> ready = new ArrayList<>();

  private static final class Ready {
    private final MapCommand.Apply request;
    private final int[] positions;
    private final List<Outcome> outcomes = new ArrayList<>();
    private int bytes;

    Ready(MapCommand.Apply request) {
      this.request = request;
      this.positions = new int[request.positions().length];
    }

    boolean hasRoom(int more) {
      return bytes + more <= OperateReply.Outcomes.MOST_BYTES;
    }
  }

  Answers(String tenantId) {
    this.tenantId = tenantId;
  }

  /** The outcome of one operation; operations of one request come one after the other. */
  @SuppressWarnings("ReferenceEquality") // the same message, and comparing operations would be dear
  void add(MapCommand.Apply request, int index, Outcome outcome) {
    int bytes = outcome.sentBytes();
    Ready last = ready.isEmpty() ? null : ready.getLast();
    if (last == null || last.request != request || !last.hasRoom(bytes)) {
      last = new Ready(request);
      ready.add(last);
    }
    last.bytes += bytes;
    last.positions[last.outcomes.size()] = request.positions()[index];
    last.outcomes.add(outcome);
  }

  /** Turns all outcomes that have not left into {@link #UNAVAILABLE} and sends them. */
  void withdraw() {
    ready.forEach(each -> each.outcomes.replaceAll(_ -> UNAVAILABLE));
    send();
  }

  /** Sends all that is known. */
  void send() {
    for (Ready each : ready) {
      each.request
          .replyTo()
          .tell(
              new OperateReply.Outcomes(
                  tenantId,
                  each.request.correlation(),
                  positions(each),
                  each.outcomes,
                  each.request.tier(),
                  each.request.rate()));
    }
    ready.clear();
  }

  private static int[] positions(Ready each) {
    int count = each.outcomes.size();
    return count == each.positions.length ? each.positions : Arrays.copyOf(each.positions, count);
  }

  /** Answers one operation on its own. */
  static void sendOne(String tenantId, MapCommand.Apply request, int index, Outcome outcome) {
    Answers answers = new Answers(tenantId);
    answers.add(request, index, outcome);
    answers.send();
  }
}
