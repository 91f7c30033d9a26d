/**
 * What must hold of a history, whatever has failed meanwhile. No Pekko, no input or output; a check
 * finds faults and never repairs.
 */
@NullMarked
package io.atoll.faults.check;

import org.jspecify.annotations.NullMarked;
