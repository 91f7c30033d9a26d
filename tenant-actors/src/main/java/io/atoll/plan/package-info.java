/**
 * Plans, tiers and feature switches. A tenant's quotas in force are its plan's with its own over
 * them.
 */
@NullMarked
package io.atoll.plan;

import org.jspecify.annotations.NullMarked;
