package io.atoll.http.session;

import io.atoll.http.EdgeMetrics;
import io.atoll.http.credential.CredentialCheck;
import io.atoll.time.TimeSource;
import org.apache.pekko.actor.typed.ActorSystem;

/** What all sessions of a node need from outside. */
public record SessionEnvironment(
    SessionSettings settings,
    TimeSource time,
    ActorSystem<?> system,
    CredentialCheck credentials,
    TenantLink tenants,
    EdgeMetrics metrics) {}
