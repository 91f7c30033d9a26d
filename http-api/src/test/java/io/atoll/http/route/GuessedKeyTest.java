package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody at one address who guesses the admin key. */
class GuessedKeyTest {
  private static final int PER_SECOND = 20;

  private EdgeFixture edge;

  @BeforeEach
  void open() throws IOException {
    edge = EdgeFixture.open("atoll.http.credentials.bad-per-second = " + PER_SECOND);
    edge.time.stop();
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void guessesAreAnsweredOnlySoManyTimesASecond() throws IOException {
    for (int guess = 0; guess < PER_SECOND; guess++) {
      assertThat(guess(guess).code()).isEqualTo("UNAUTHENTICATED");
    }
    var limited = guess(PER_SECOND);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.code()).isEqualTo("RATE_LIMITED");
    assertThat(limited.header("Retry-After")).isEqualTo("1");
    assertThat(limited.text()).doesNotContain("guess-");

    edge.time.advance(Duration.ofMillis(999));
    assertThat(guess(PER_SECOND + 1).status()).isEqualTo(429);
    edge.time.advance(Duration.ofMillis(1));
    assertThat(guess(PER_SECOND + 2).status()).isEqualTo(401);
  }

  @Test
  void theOneGuessThatIsRightIsNoMoreThanTheAdminsOwnKey() throws IOException {
    for (int guess = 0; guess <= PER_SECOND; guess++) {
      guess(guess);
    }
    assertThat(guess(0).status()).isEqualTo(429);
    assertThat(edge.admin().get("/api/tenants").status()).isEqualTo(200);
  }

  private EdgeClient.Answer guess(int number) throws IOException {
    return edge.as("guess-at-the-admin-key-" + number).get("/api/tenants");
  }
}
