package io.atoll.plan;

import java.util.List;

/** The names of the feature switches that every plan sets. */
public final class Features {
  public static final String CUSTOM_BRANDING = "customBranding";
  public static final String ADVANCED_ANALYTICS = "advancedAnalytics";
  public static final String PRIORITY_SUPPORT = "prioritySupport";

  /** Lifts the limit of the action {@code commands}. */
  public static final String UNLIMITED_COMMANDS = "unlimitedCommands";

  /** All switches, in the order in which they are shown. */
  public static final List<String> NAMES =
      List.of(CUSTOM_BRANDING, ADVANCED_ANALYTICS, PRIORITY_SUPPORT, UNLIMITED_COMMANDS);

  private Features() {}
}
