package io.atoll.http.route;

import io.atoll.http.credential.Principal;
import io.atoll.http.listener.Arrival;
import java.util.List;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** One request on its way through the API. Confined to whoever handles it at the time. */
final class Call {
  private final HttpRequest request;
  private final Arrival arrival;
  private final Iterable<HttpHeader> headers;
  private final List<String> names;
  private @Nullable Principal principal;
  private @Nullable String tenantId;

  Call(HttpRequest request, Arrival arrival, List<String> names) {
    this.request = request;
    this.arrival = arrival;
    this.headers = request.getHeaders();
    this.names = names;
  }

  HttpRequest request() {
    return request;
  }

  Arrival arrival() {
    return arrival;
  }

  String requestId() {
    return arrival.requestId();
  }

  /** What the path's name at this place stands for, decoded. */
  String name(int place) {
    return PercentText.decode(names.get(place))
        .orElseThrow(() -> RefusedException.invalid("the path is not percent-encoded UTF-8"));
  }

  /** The query, in which no other parameters may be than these. */
  Query query(String... allowed) {
    return Query.of(arrival.target(), Set.of(allowed));
  }

  /** The value of a header that may be there once, null when it is not there. */
  @Nullable String header(String name) {
    String found = null;
    for (HttpHeader header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        if (found != null) {
          throw RefusedException.invalid("the header " + name + " is there twice");
        }
        found = header.value();
      }
    }
    return found;
  }

  /** The caller is known, and acts on this tenant (null when on none or on all). */
  void identify(Principal caller, @Nullable String tenant) {
    principal = caller;
    tenantId = tenant;
  }

  Principal principal() {
    if (principal == null) {
      throw new IllegalStateException("the caller is not known on this path");
    }
    return principal;
  }

  /** The tenant on which the call acts. */
  String tenantId() {
    if (tenantId == null) {
      throw new IllegalStateException("there is no tenant on this path");
    }
    return tenantId;
  }

  @Nullable String tenantIdIfKnown() {
    return tenantId;
  }
}
