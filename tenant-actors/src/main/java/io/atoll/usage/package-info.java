/**
 * Metering of one tenant in minutes of UTC. Minutes are summed to hours and days when they are
 * read.
 */
@NullMarked
package io.atoll.usage;

import org.jspecify.annotations.NullMarked;
