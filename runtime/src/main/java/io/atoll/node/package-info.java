/**
 * One node of a cluster: configuration, start, readiness and an orderly stop. It wires the other
 * modules and holds no rule of its own.
 */
@NullMarked
package io.atoll.node;

import org.jspecify.annotations.NullMarked;
