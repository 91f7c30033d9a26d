package io.atoll.http.listener;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** How sockets are read and written. */
public enum Transport {
  /** Reads and writes of many sockets share a system call. On Linux, where it is allowed. */
  IO_URING,
  /** A system call for each read and write. Everywhere. */
  NIO;

  /** The transport of the key {@code transport}; fails with {@code ConfigException}. */
  static Transport from(Config config) {
    return switch (config.getString("transport")) {
      case "auto" -> IoUring.isAvailable() ? IO_URING : NIO;
      case "nio" -> NIO;
      case "io_uring" -> {
        if (!IoUring.isAvailable()) {
          throw bad(
              config, "this machine does not offer io_uring; auto takes it where it is there");
        }
        yield IO_URING;
      }
      default -> throw bad(config, "a transport is auto, io_uring or nio");
    };
  }

  IoHandlerFactory handlers() {
    return switch (this) {
      case IO_URING -> IoUringIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  Class<? extends ServerChannel> serverChannel() {
    return switch (this) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case NIO -> NioServerSocketChannel.class;
    };
  }

  private static ConfigException bad(Config config, String why) {
    return new ConfigException.BadValue(config.origin(), "atoll.http.listener.transport", why);
  }
}
