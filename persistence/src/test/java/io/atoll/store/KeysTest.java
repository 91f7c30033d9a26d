package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Property
  void differentPartsMakeDifferentKeys(
      @ForAll String text,
      @ForAll @LongRange(min = 0) long number,
      @ForAll String otherText,
      @ForAll @LongRange(min = 0) long otherNumber) {
    boolean same = text.equals(otherText) && number == otherNumber;
    assertThat(Arrays.equals(Keys.of(text, number), Keys.of(otherText, otherNumber)))
        .isEqualTo(same);
  }

  @Property
  void noTextsKeysLieAmongThoseOfAnother(@ForAll String text, @ForAll String other) {
    byte[] from = Keys.of(text);
    byte[] key = Keys.of(other, 5);
    boolean within =
        Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, Keys.after(from)) < 0;
    assertThat(within).isEqualTo(text.equals(other));
  }

  @Property
  void keysOfATextSortByNumber(
      @ForAll @LongRange(min = 0) long first, @ForAll @LongRange(min = 0) long second) {
    assertThat(
            Integer.signum(Arrays.compareUnsigned(Keys.of("text", first), Keys.of("text", second))))
        .isEqualTo(Long.compare(first, second));
  }

  @Property
  void theNumberCanBeReadBack(@ForAll @LongRange(min = 0) long number) {
    assertThat(Keys.number(Keys.of("text", number))).isEqualTo(number);
  }

  @Test
  void aTextThatIsTooLongForItsLengthIsRefused() {
    assertThatThrownBy(() -> Keys.of("x".repeat(65_536)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
