/** How nodes find each other and form a cluster. */
@NullMarked
package io.atoll.cluster;

import org.jspecify.annotations.NullMarked;
