/**
 * Expected refusals as values: a code out of one table, a detail for people and, for quotas, the
 * figures. Exceptions are for faults only.
 */
@NullMarked
package io.atoll.refusal;

import org.jspecify.annotations.NullMarked;
