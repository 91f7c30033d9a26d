/** What clients of a node have asked and been told. No Pekko, no input or output. */
@NullMarked
package io.atoll.faults.history;

import org.jspecify.annotations.NullMarked;
