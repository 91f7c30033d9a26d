/** A Cassandra and several nodes on this machine, each a process of its own, to try a cluster. */
@NullMarked
package io.atoll.devcluster;

import org.jspecify.annotations.NullMarked;
