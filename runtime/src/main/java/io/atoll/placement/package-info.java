/**
 * Which node has which cell, and how cells move: every node holds back what comes for a cell, says
 * when all that it had sent has arrived, and lets it go on once the cell has its new home.
 */
@NullMarked
package io.atoll.placement;

import org.jspecify.annotations.NullMarked;
