/**
 * `atoll upgrade`: restarts the nodes of a cluster one after the other, over their public API. What
 * comes next is a rule over what was planned and what the cluster shows; it is plain Java.
 */
@NullMarked
package io.atoll.upgrade;

import org.jspecify.annotations.NullMarked;
