/**
 * The tenant: its life, its commands and events, and the actor that holds them. Everything that a
 * tenant knows lives behind this package; its journal is the only truth about it.
 */
@NullMarked
package io.atoll.tenant;

import org.jspecify.annotations.NullMarked;
