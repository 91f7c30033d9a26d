package io.atoll.reload;

import io.atoll.http.Configuration.Reloaded;

/** How it went on the node that was told. */
record ReloadReply(Reloaded outcome) {}
