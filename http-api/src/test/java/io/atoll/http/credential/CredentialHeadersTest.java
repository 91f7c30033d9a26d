package io.atoll.http.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.atoll.http.credential.CredentialHeaders.Found;
import io.atoll.refusal.ErrorCode;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialHeadersTest {
  @Test
  void oneHeaderCarriesTheCredential() {
    assertThat(find("Authorization", "Bearer secret")).isEqualTo(new Found.Text("secret"));
    assertThat(find("Authorization", "bEARER  secret ")).isEqualTo(new Found.Text("secret"));
    assertThat(find("X-API-Key", " secret ")).isEqualTo(new Found.Text("secret"));
    assertThat(find("X-Other", "secret")).isEqualTo(new Found.Missing());
    assertThat(find("X-API-Key", "")).isEqualTo(new Found.Missing());
    assertThat(find()).isEqualTo(new Found.Missing());
  }

  @Test
  void anotherSchemeIsNone() {
    assertThat(code(find("Authorization", "Basic c2VjcmV0"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(code(find("Authorization", "secret"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(code(find("Authorization", "Bearer"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void twoHeadersAreOneTooMany() {
    assertThat(code(find("X-API-Key", "a", "Authorization", "Bearer b")))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(code(find("X-API-Key", "a", "X-API-Key", "a"))).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?api_key=x", "?a=b&TOKEN=x", "?key", "?a&key&b=c", "?x=1&auth="})
  void theQueryCarriesNone(String query) {
    assertThat(code(CredentialHeaders.find(HttpRequest.GET("/v1/maps"), "/v1/maps" + query)))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?a", "?a=key", "?keys=1", "?a&b=token"})
  void anotherQueryIsNoMatter(String query) {
    assertThat(CredentialHeaders.find(HttpRequest.GET("/v1/maps"), "/v1/maps" + query))
        .isEqualTo(new Found.Missing());
  }

  @Test
  void aCredentialDoesNotShowItself() {
    assertThat(new Found.Text("secret").toString()).doesNotContain("secret");
  }

  private static Found find(String... headers) {
    HttpRequest request = HttpRequest.GET("/v1/maps");
    for (int at = 0; at < headers.length; at += 2) {
      request = request.addHeader(HttpHeader.parse(headers[at], headers[at + 1]));
    }
    return CredentialHeaders.find(request, "/v1/maps");
  }

  private static ErrorCode code(Found found) {
    return ((Found.Malformed) found).refusal().code();
  }
}
