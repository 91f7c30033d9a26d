/**
 * What of a node's configuration changes while it runs: plans, and the file that it was started
 * with. The nodes tell each other of changes, and each looks by itself as well.
 */
@NullMarked
package io.atoll.reload;

import org.jspecify.annotations.NullMarked;
