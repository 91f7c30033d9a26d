package io.atoll.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.atoll.access.ApiKeys;
import io.atoll.access.KeyMode;
import io.atoll.access.KeySpec;
import io.atoll.access.Scope;
import io.atoll.http.HttpSettings;
import io.atoll.http.credential.Credentials;
import io.atoll.http.credential.KeyLookup;
import io.atoll.http.listener.Arrival;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.TenantReply;
import io.atoll.time.ManualTime;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class GuardTest {
  private boolean handled;

  @Test
  void whoCallsWithARefusedCredentialIsStillAnybody() {
    var refused = new TenantReply.Refused(Refusal.of(ErrorCode.UNAUTHENTICATED, "no such key"));
    Call call = call();

    assertThat(guard(key -> CompletableFuture.completedFuture(refused)).handle(call))
        .isCompletedWithValueMatching(answer -> answer.status().intValue() == 200);
    assertThat(handled).isTrue();
    assertThat(call.tenantIdIfKnown()).isNull();
  }

  @Test
  void aCheckThatFailsIsNoRefusal() {
    var stage = guard(key -> CompletableFuture.failedFuture(new IllegalStateException("down")));

    assertThatThrownBy(() -> stage.handle(call()).toCompletableFuture().join())
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(handled).isFalse();
  }

  private Handler guard(KeyLookup keys) {
    var settings = HttpSettings.from(ConfigFactory.load()).credentials();
    Credentials credentials =
        new Credentials(settings, "the-admin-key-of-tests", keys, new ManualTime());
    return new Guard(credentials).anybody(this::answer);
  }

  private CompletionStage<HttpResponse> answer(Call call) {
    handled = true;
    return CompletableFuture.completedFuture(HttpResponse.create());
  }

  private static Call call() {
    var spec = new KeySpec("k", KeyMode.LIVE, Set.of(Scope.READ), 0, -1);
    String key = ApiKeys.generate(new SecureRandom(), "acme", spec).text();
    HttpRequest request =
        HttpRequest.GET("/nowhere").addHeader(RawHeader.create("Authorization", "Bearer " + key));
    Arrival arrival =
        new Arrival("/nowhere", InetAddress.getLoopbackAddress(), "id", Runnable::run);
    return new Call(request, arrival, List.of());
  }
}
