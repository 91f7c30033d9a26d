package io.atoll.faults.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atoll.faults.history.Action;
import io.atoll.faults.history.Outcome;
import java.net.http.HttpResponse;
import java.util.Set;

/** What a node's answer means to who has asked. */
final class Reply {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NOTHING_THERE = Set.of("KEY_NOT_FOUND", "MAP_NOT_FOUND");

  private Reply() {}

  static Outcome read(Action action, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status < 300) {
      return success(action, response);
    }
    if (status >= 500) {
      return new Outcome.Unknown(field(response, "code", "" + status));
    }
    String code = field(response, "code", "" + status);
    if (code.equals("VERSION_MISMATCH")) {
      return new Outcome.Mismatch();
    }
    return NOTHING_THERE.contains(code) ? new Outcome.Absent() : new Outcome.Refused(code);
  }

  private static Outcome success(Action action, HttpResponse<String> response) {
    return switch (action) {
      case Action.Get get -> new Outcome.Found(response.body(), version(response));
      case Action.Set set -> new Outcome.Written(version(response));
      case Action.CompareAndSet set -> new Outcome.Written(version(response));
      case Action.Delete delete -> new Outcome.Deleted();
    };
  }

  private static long version(HttpResponse<String> response) {
    String tag = response.headers().firstValue("ETag").orElseThrow();
    return Long.parseLong(tag.replace("\"", ""));
  }

  private static String field(HttpResponse<String> response, String name, String otherwise) {
    try {
      return JSON.readTree(response.body()).path(name).asText(otherwise);
    } catch (JsonProcessingException notJson) {
      return otherwise;
    }
  }
}
