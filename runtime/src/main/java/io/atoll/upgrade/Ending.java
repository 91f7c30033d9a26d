package io.atoll.upgrade;

/** How a run ends: the exit code, and a sentence for whoever has started it. */
record Ending(int exitCode, String message) {}
