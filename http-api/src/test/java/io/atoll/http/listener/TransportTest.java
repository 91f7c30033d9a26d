package io.atoll.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.Test;

class TransportTest {
  @Test
  void theBestOfThisMachineIsTakenUnlessOneIsNamed() {
    Transport best = IoUring.isAvailable() ? Transport.IO_URING : Transport.NIO;
    assertThat(transport("auto")).isEqualTo(best);
    assertThat(transport("nio")).isEqualTo(Transport.NIO);
  }

  @Test
  void aTransportThatIsNotThereIsRefused() {
    if (IoUring.isAvailable()) {
      assertThat(transport("io_uring")).isEqualTo(Transport.IO_URING);
    } else {
      assertThatThrownBy(() -> transport("io_uring"))
          .isInstanceOf(ConfigException.BadValue.class)
          .hasMessageContaining("does not offer io_uring");
    }
  }

  @Test
  void anUnknownTransportIsRefused() {
    assertThatThrownBy(() -> transport("carrier-pigeon"))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("auto, io_uring or nio");
  }

  @Test
  void halfTheProcessorsReadAndWriteUnlessANumberIsNamed() {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    assertThat(ListenerFixture.settings("").threads()).isEqualTo(half);
    assertThat(ListenerFixture.settings("threads = 3").threads()).isEqualTo(3);
    assertThatThrownBy(() -> ListenerFixture.settings("threads = -1"))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("from 1 to");
  }

  private static Transport transport(String name) {
    return ListenerFixture.settings("transport = " + name).transport();
  }
}
