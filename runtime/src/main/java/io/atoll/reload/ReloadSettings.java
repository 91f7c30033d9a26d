package io.atoll.reload;

import java.time.Duration;

/** How often a node looks at the stored plans and at its configuration file by itself. */
public record ReloadSettings(Duration plansInterval, Duration fileInterval) {}
