package io.atoll.http.credential;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where key sets come from. What is read is bounded in size and time; redirects are not followed.
 */
final class KeySetSources {
  private static final int MAX_BYTES = 256 * 1024;

  private KeySetSources() {}

  static Supplier<CompletionStage<JWKSet>> file(Path file) {
    return () -> CompletableFuture.supplyAsync(() -> read(file));
  }

  /** {@code timeout} bounds a whole answer, also one that begins and does not end. */
  static Supplier<CompletionStage<JWKSet>> url(URI url, Duration timeout) {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    HttpRequest request =
        HttpRequest.newBuilder(url).timeout(timeout).header("Accept", "application/json").build();
    HttpResponse.BodyHandler<byte[]> bounded =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES);
    return () -> within(timeout, client.sendAsync(request, bounded));
  }

  private static CompletionStage<JWKSet> within(
      Duration timeout, CompletableFuture<HttpResponse<byte[]>> answer) {
    return answer
        .thenApply(KeySetSources::read)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((found, failure) -> answer.cancel(true));
  }

  private static JWKSet read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("the key set is above " + MAX_BYTES + " bytes");
      }
      return parse(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JWKSet read(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the key set's server answered " + response.statusCode());
    }
    return parse(response.body());
  }

  private static JWKSet parse(byte[] text) {
    try {
      return JWKSet.parse(new String(text, StandardCharsets.UTF_8));
    } catch (ParseException malformed) {
      throw new IllegalArgumentException("not a key set", malformed);
    }
  }
}
