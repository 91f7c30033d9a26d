package io.atoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskSpaceTest {
  private static final long LOOK = 500_000_000;

  private long free = 1000;
  private long now = 0;
  private int looks = 0;

  @Test
  void writesAreTakenAboveTheMinimumOnly() {
    DiskSpace space = space(700);
    assertThat(space.take(100)).isTrue();
    assertThat(space.full()).isFalse();
    free = 700;
    assertThat(space.take(1)).isFalse();
    assertThat(space.full()).isTrue();
  }

  @Test
  void itResumesByItselfAfterAtMostHalfASecond() {
    free = 0;
    DiskSpace space = space(700);
    assertThat(space.take(1)).isFalse();
    free = 1000;
    now += LOOK - 1;
    assertThat(space.take(1)).isFalse();
    now += 1;
    assertThat(space.take(1)).isTrue();
  }

  @Test
  void itIsSeenToBeFreeAgainWithoutAWrite() {
    free = 0;
    DiskSpace space = space(700);
    assertThat(space.full()).isTrue();
    free = 1000;
    now += LOOK;
    assertThat(space.full()).isFalse();
  }

  @Test
  void aFullDiskIsNotLookedAtAgainForEachWrite() {
    free = 0;
    DiskSpace space = space(700);
    for (int i = 0; i < 100; i++) {
      assertThat(space.take(1)).isFalse();
    }
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void muchWrittenBetweenTwoLooksIsCounted() {
    DiskSpace space = space(0);
    free = 10;
    assertThat(space.take(300)).isTrue();
    assertThat(space.take(300)).isFalse();
  }

  @Test
  void aWriteThatFailedForSpaceCountsAsALook() {
    DiskSpace space = space(0);
    space.foundFull();
    assertThat(space.take(1)).isFalse();
    now += LOOK;
    assertThat(space.take(1)).isTrue();
  }

  private DiskSpace space(long minimum) {
    return new DiskSpace(
        minimum,
        () -> {
          looks++;
          return free;
        },
        () -> now);
  }
}
