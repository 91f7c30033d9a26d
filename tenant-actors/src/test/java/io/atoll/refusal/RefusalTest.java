package io.atoll.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.quota.Denial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static final Denial RATE = new Denial("opsPerSecond", 100, 100, 10, false);
  private static final Denial CAP = new Denial("maps", 10, 10, Denial.NEVER, true);

  @Test
  void aRateIsLimitedAndACapExceeded() {
    assertThat(Refusal.of(RATE).code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(Refusal.of(CAP).code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
    assertThat(Refusal.of(CAP).denial()).isEqualTo(CAP);
  }

  @Test
  void aQuotasRefusalNamesQuotaCurrentAndLimit() {
    assertThat(Refusal.of(RATE).detail())
        .isEqualTo("quota exceeded: opsPerSecond is at 100 of 100");
    assertThat(Refusal.of("acme", CAP).detail())
        .isEqualTo("quota exceeded for tenant acme: maps is at 10 of 10");
    assertThat(Refusal.of("acme", CAP).code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
  }

  @Test
  void aRefusalKnowsWhenToComeBackIfWaitingHelps() {
    assertThat(Refusal.of(RATE).retryAfterMs()).isEqualTo(10);
    assertThat(Refusal.of(CAP).retryAfterMs()).isEqualTo(Denial.NEVER);
    assertThat(Refusal.of(ErrorCode.UNAVAILABLE, "busy").retryAfterMs()).isEqualTo(1_000);
    assertThat(Refusal.of(ErrorCode.CONFLICT, "used").retryAfterMs()).isEqualTo(Denial.NEVER);
  }

  @Test
  void anotherRefusalHasNoDenial() {
    Refusal refusal = Refusal.of(ErrorCode.TENANT_SUSPENDED, "the tenant is suspended");
    assertThat(refusal.denial()).isNull();
    assertThat(refusal.detail()).isEqualTo("the tenant is suspended");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_REQUEST, 400",
    "UNAUTHENTICATED, 401",
    "FORBIDDEN, 403",
    "TENANT_SUSPENDED, 403",
    "QUOTA_EXCEEDED, 403",
    "TENANT_NOT_FOUND, 404",
    "MAP_NOT_FOUND, 404",
    "KEY_NOT_FOUND, 404",
    "TOPIC_NOT_FOUND, 404",
    "NOT_FOUND, 404",
    "METHOD_NOT_ALLOWED, 405",
    "REQUEST_TIMEOUT, 408",
    "TENANT_EXISTS, 409",
    "TOPIC_EXISTS, 409",
    "CONFLICT, 409",
    "TENANT_DELETED, 410",
    "VERSION_MISMATCH, 412",
    "PAYLOAD_TOO_LARGE, 413",
    "URI_TOO_LONG, 414",
    "UNSUPPORTED_MEDIA_TYPE, 415",
    "RATE_LIMITED, 429",
    "HEADERS_TOO_LARGE, 431",
    "INTERNAL, 500",
    "UNAVAILABLE, 503"
  })
  void everyCodeHasItsStatus(ErrorCode code, int status) {
    assertThat(code.status()).isEqualTo(status);
  }
}
