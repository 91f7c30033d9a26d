/**
 * The command line: flags, environment and files become one checked configuration, and `serve` runs
 * a node with it. What is wrong with any of them is said in one line, with exit code 2.
 */
@NullMarked
package io.atoll.cli;

import org.jspecify.annotations.NullMarked;
