package io.atoll.quota;

/** The answer to a wish to use a named action, with where the action stands after it. */
public sealed interface ActionDecision {
  ActionStatus status();

  /** The uses were counted. */
  record Allowed(ActionStatus status) implements ActionDecision {}

  /** Nothing was counted. */
  record Denied(Denial denial, ActionStatus status) implements ActionDecision {}
}
