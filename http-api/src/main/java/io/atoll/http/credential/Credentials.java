package io.atoll.http.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atoll.access.KeyText;
import io.atoll.access.ParsedKey;
import io.atoll.quota.Denial;
import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import io.atoll.tenant.Caller;
import io.atoll.tenant.TenantReply;
import io.atoll.time.TimeSource;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Judges credentials of every kind and remembers the verdicts for a short time: good ones, and
 * apart from them bad ones, so that a flood of nonsense drives out nothing. A remembered API key
 * may have been revoked; its tenant refuses it then, because every command carries the key's id.
 * Thread-safe.
 */
public final class Credentials implements CredentialCheck {
  private static final Refusal BAD =
      Refusal.of(ErrorCode.UNAUTHENTICATED, "the credential is missing or not valid");

  private final AdminKey admin;
  private final Tokens tokens;
  private final KeyLookup keys;
  private final BadCredentials bad;
  private final TimeSource time;
  private final Cache<Digest, Principal> good;
  private final Cache<Digest, Boolean> refused;

  public Credentials(
      CredentialSettings settings, String adminKey, KeyLookup keys, TimeSource time) {
    this.admin = new AdminKey(adminKey);
    this.tokens = new Tokens(settings, time);
    this.keys = keys;
    this.bad = new BadCredentials(settings.badPerSecond());
    this.time = time;
    Caffeine<Object, Object> memory =
        Caffeine.newBuilder()
            .maximumSize(settings.cacheSize())
            .expireAfterWrite(settings.cacheTime());
    this.good = memory.build();
    this.refused = memory.build();
  }

  /** The refusal of a request without a credential. */
  public static Refusal missing() {
    return BAD;
  }

  @Override
  public CompletionStage<Verdict> check(String credential, InetAddress client) {
    if (credential.length() > Tokens.MAX_LENGTH) {
      return refuse(client);
    }
    Digest digest = Digest.of(credential);
    if (admin.is(digest)) {
      return known(Principal.ADMIN);
    }
    Principal remembered = good.getIfPresent(digest);
    if (remembered != null) {
      return remembered.isOver(time.epochMillis()) ? refuse(client) : known(remembered);
    }
    return judge(credential, digest, client);
  }

  /** Judges an API key anew, whatever is remembered of it; all else is as in {@link #check}. */
  public CompletionStage<Verdict> checkAnew(String credential, InetAddress client) {
    if (KeyText.isKeyLike(credential)) {
      good.invalidate(Digest.of(credential));
    }
    return check(credential, client);
  }

  /** Forgets the verdicts on this tenant's credentials, and on all that were bad. */
  public void forget(String tenantId) {
    good.asMap().values().removeIf(principal -> tenantId.equals(principal.tenantId()));
    refused.invalidateAll();
  }

  /** Forgets all verdicts. */
  public void forgetAll() {
    good.invalidateAll();
    refused.invalidateAll();
  }

  private CompletionStage<Verdict> judge(String credential, Digest digest, InetAddress client) {
    long wait = bad.retryAfterMs(client, time.epochMillis());
    if (wait > 0) {
      return CompletableFuture.completedFuture(tooMany(wait));
    }
    if (refused.getIfPresent(digest) != null) {
      return refuse(client);
    }
    return KeyText.isKeyLike(credential)
        ? judgeKey(credential, digest, client)
        : tokens
            .judge(credential)
            .thenCompose(found -> found.isPresent() ? accept(digest, found.get()) : refuse(client));
  }

  private CompletionStage<Verdict> judgeKey(String credential, Digest digest, InetAddress client) {
    Optional<ParsedKey> parsed = KeyText.parse(credential);
    if (parsed.isEmpty()) {
      return refuse(client);
    }
    ParsedKey key = parsed.get();
    return keys.verify(key).thenCompose(reply -> decide(key, reply, digest, client));
  }

  private CompletionStage<Verdict> decide(
      ParsedKey key, TenantReply reply, Digest digest, InetAddress client) {
    if (reply instanceof TenantReply.KeyVerified verified) {
      Caller caller = Caller.key(verified.keyId());
      return accept(
          digest, new Principal(caller, key.tenantId(), verified.scopes(), verified.expiresAt()));
    }
    if (reply instanceof TenantReply.Refused no && isNotAboutTheKey(no.refusal().code())) {
      return CompletableFuture.completedFuture(new Verdict.Refused(no.refusal()));
    }
    refused.put(digest, true);
    return refuse(client);
  }

  /** What says nothing about the key itself is told as it is, and not held against the client. */
  private static boolean isNotAboutTheKey(ErrorCode code) {
    return code == ErrorCode.UNAVAILABLE
        || code == ErrorCode.TENANT_SUSPENDED
        || code == ErrorCode.TENANT_DELETED;
  }

  private CompletionStage<Verdict> accept(Digest digest, Principal principal) {
    good.put(digest, principal);
    return known(principal);
  }

  private CompletionStage<Verdict> refuse(InetAddress client) {
    bad.count(client, time.epochMillis());
    return CompletableFuture.completedFuture(new Verdict.Refused(BAD));
  }

  private static CompletionStage<Verdict> known(Principal principal) {
    return CompletableFuture.completedFuture(new Verdict.Known(principal));
  }

  private static Verdict tooMany(long waitMs) {
    Denial denial = new Denial("badCredentials", 0, 0, waitMs, false);
    return new Verdict.Refused(
        new Refusal(ErrorCode.RATE_LIMITED, "too many bad credentials from this address", denial));
  }
}
