package io.atoll.tenant;

import io.atoll.refusal.ErrorCode;
import io.atoll.refusal.Refusal;
import java.util.List;

/** What a command leads to: the events to persist, and what to answer once they are. */
record Decision(List<TenantEvent> events, Answer answer) {
  Decision {
    events = List.copyOf(events);
  }

  /** How to answer. */
  sealed interface Answer {}

  /** With this. */
  record Say(TenantReply reply) implements Answer {}

  /** With the tenant as it is. */
  record DescribeNow() implements Answer {}

  /** With the tenant as it then is, once the directory knows it. */
  record Describe() implements Answer {}

  /** With the tenant's keys. */
  record ListKeys() implements Answer {}

  /** With the tenant as it was created. */
  record DescribeCreated(TenantSpec spec, long createdAt) implements Answer {}

  /** With {@code Accepted}, once the directory knows the tenant as it then is. */
  record AcceptListed() implements Answer {}

  /** With {@code Accepted}, once nothing is left of the tenant. */
  record AcceptPurged() implements Answer {}

  static Decision of(TenantEvent event, Answer answer) {
    return new Decision(List.of(event), answer);
  }

  static Decision say(TenantReply reply) {
    return new Decision(List.of(), new Say(reply));
  }

  static Decision accepted(TenantEvent event) {
    return of(event, new Say(new TenantReply.Accepted()));
  }

  static Decision refused(ErrorCode code, String detail) {
    return refused(Refusal.of(code, detail));
  }

  static Decision refused(Refusal refusal) {
    return say(new TenantReply.Refused(refusal));
  }
}
