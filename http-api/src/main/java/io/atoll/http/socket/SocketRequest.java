package io.atoll.http.socket;

import java.net.InetAddress;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * An upgrade request: the HTTP request with all its headers, the client's address (that behind a
 * trusted proxy) and the request id that an answer to it carries.
 */
public record SocketRequest(HttpRequest http, InetAddress client, String requestId) {}
