package io.atoll.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private final Bucket claim = new Bucket(0, UUID.randomUUID(), 0, 0, null);

  @Test
  void theLongestUnusedClaimIsForgottenWhenThereAreTooMany() {
    Claims claims = new Claims(2);
    claims.put("a", claim);
    claims.put("b", claim);
    claims.get("a");

    claims.put("c", claim);

    assertThat(claims.get("b")).isNull();
    assertThat(claims.get("a")).isEqualTo(claim);
    assertThat(claims.get("c")).isEqualTo(claim);
  }

  @Test
  void aSmallHeapHasRoomForFewerClaims() {
    Claims claims = Claims.fitting(1_000_000, 2 * 4_096);
    claims.put("a", claim);
    claims.put("b", claim);
    claims.put("c", claim);

    assertThat(claims.get("a")).isNull();
    assertThat(claims.get("b")).isEqualTo(claim);
  }

  @Test
  void aLargeHeapHasNoMoreClaimsThanAreAskedFor() {
    Claims claims = Claims.fitting(1, Long.MAX_VALUE);
    claims.put("a", claim);
    claims.put("b", claim);

    assertThat(claims.get("a")).isNull();
  }
}
