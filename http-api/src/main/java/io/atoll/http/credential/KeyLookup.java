package io.atoll.http.credential;

import io.atoll.access.ParsedKey;
import io.atoll.tenant.TenantReply;
import java.util.concurrent.CompletionStage;

/** Asks the tenant of an API key whether the key is good. The stage never fails. */
@FunctionalInterface
public interface KeyLookup {
  CompletionStage<TenantReply> verify(ParsedKey key);
}
