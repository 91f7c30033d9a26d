package io.atoll.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealedTest {
  private static final byte[] KEY = Keys.of("stream", 7);
  private static final byte[] BODY = "a body".getBytes(UTF_8);

  @Test
  void whatWasSealedComesBack() {
    byte[] body = new byte[BODY.length];
    Sealed.open(KEY, Sealed.seal(KEY, BODY), "it").get(body);
    assertThat(body).isEqualTo(BODY);
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] sealed = Sealed.seal(KEY, BODY);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> Sealed.open(KEY, altered, "it"))
          .isInstanceOf(DamagedRecordException.class);
    }
  }

  @Test
  void everyCutIsFound() {
    byte[] sealed = Sealed.seal(KEY, BODY);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> Sealed.open(KEY, cut, "it"))
          .isInstanceOf(DamagedRecordException.class);
    }
  }

  @Test
  void aValueUnderAnotherKeyIsFound() {
    byte[] sealed = Sealed.seal(KEY, BODY);
    assertThatThrownBy(() -> Sealed.open(Keys.of("stream", 8), sealed, "it"))
        .isInstanceOf(DamagedRecordException.class);
  }

  @Test
  void aBodyOfAnotherSizeThanAnnouncedIsRefused() {
    assertThatThrownBy(() -> Sealed.seal(KEY, 3, body -> body.put(BODY, 0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
