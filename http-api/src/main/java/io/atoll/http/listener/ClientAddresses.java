package io.atoll.http.listener;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the client behind trusted proxies. The hops that {@code X-Forwarded-For} (or
 * without it {@code Forwarded}) names are walked from the nearest on, as long as each is trusted;
 * what an untrusted peer claims is not read.
 */
final class ClientAddresses {
  private final List<AddressRange> trusted;

  ClientAddresses(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  boolean trusts(InetAddress address) {
    for (AddressRange range : trusted) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  InetAddress resolve(InetAddress peer, HttpHeaders headers) {
    if (trusted.isEmpty() || !trusts(peer)) {
      return peer;
    }
    InetAddress client = peer;
    for (String hop : hops(headers).reversed()) {
      InetAddress address = parse(hop);
      if (address == null) {
        return client;
      }
      client = address;
      if (!trusts(client)) {
        return client;
      }
    }
    return client;
  }

  private static List<String> hops(HttpHeaders headers) {
    List<String> hops = new ArrayList<>();
    for (String line : headers.getAll("X-Forwarded-For")) {
      hops.addAll(List.of(line.split(",", -1)));
    }
    if (!hops.isEmpty()) {
      return hops;
    }
    for (String line : headers.getAll("Forwarded")) {
      for (String element : line.split(",", -1)) {
        hops.add(forParameter(element));
      }
    }
    return hops;
  }

  private static String forParameter(String element) {
    for (String pair : element.split(";", -1)) {
      String trimmed = pair.strip();
      if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
        return trimmed.substring(4).replace("\"", "");
      }
    }
    return "";
  }

  /** Parses {@code 1.2.3.4}, {@code 1.2.3.4:5}, {@code ::1} or {@code [::1]:5}; never resolves. */
  private static @Nullable InetAddress parse(String hop) {
    String text = hop.strip();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      text = end < 0 ? "" : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    return NetUtil.createInetAddressFromIpAddressString(text);
  }
}
