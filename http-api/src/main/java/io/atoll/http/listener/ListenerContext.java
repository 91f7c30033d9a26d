package io.atoll.http.listener;

import io.atoll.http.socket.SocketAcceptor;
import io.netty.channel.group.ChannelGroup;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/**
 * What all connections of a listener share. While it is {@code dismissing}, each answer is the last
 * of its connection.
 */
record ListenerContext(
    ListenerSettings settings,
    Function<HttpRequest, CompletionStage<HttpResponse>> api,
    SocketAcceptor sockets,
    Materializer materializer,
    ClientAddresses addresses,
    Origins origins,
    ChannelGroup connections,
    AtomicBoolean dismissing) {}
