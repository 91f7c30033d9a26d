package io.atoll.http.route;

import io.atoll.map.Operation;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** Versions as entity tags: {@code "7"}. A tag of any other form is nobody's version. */
final class Versions {
  private static final long NEVER = Long.MAX_VALUE;

  /** An entity tag (RFC 9110, 8.8.3), strong or weak. */
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[!#-~\\x80-\\xff]*\"");

  private Versions() {}

  static HttpResponse tag(HttpResponse response, long version) {
    return response.addHeader(RawHeader.create("ETag", "\"" + version + "\""));
  }

  /** The condition of a write: {@code If-Match}, or {@code If-None-Match: *} for absent. */
  static long condition(Call call) {
    String match = call.header("If-Match");
    String none = call.header("If-None-Match");
    if (match != null && none != null) {
      throw RefusedException.invalid("If-Match or If-None-Match, not both");
    }
    if (none != null) {
      if (!none.strip().equals("*")) {
        throw RefusedException.invalid("If-None-Match of a write must be *");
      }
      return Operation.ABSENT;
    }
    return match(match);
  }

  /** The condition of {@code If-Match} alone. */
  static long match(@Nullable String header) {
    if (header == null) {
      return Operation.ANY;
    }
    String tag = header.strip();
    if (tag.equals("*")) {
      return Operation.PRESENT;
    }
    if (!TAG.matcher(tag).matches()) {
      throw RefusedException.invalid("If-Match must be one entity tag or *");
    }
    long version = quoted(tag);
    return version < 1 ? NEVER : version;
  }

  /** Whether {@code If-None-Match} of a read says that the client has this version. */
  static boolean has(@Nullable String header, long version) {
    if (header == null) {
      return false;
    }
    for (String tag : header.split(",", -1)) {
      String bare = tag.strip();
      bare = bare.startsWith("W/") ? bare.substring(2) : bare;
      if (bare.equals("*") || quoted(bare) == version) {
        return true;
      }
    }
    return false;
  }

  private static long quoted(String tag) {
    boolean ours = tag.length() > 2 && tag.startsWith("\"") && tag.charAt(1) != '0';
    return ours && tag.endsWith("\"") ? Query.digits(tag.substring(1, tag.length() - 1)) : -1;
  }
}
