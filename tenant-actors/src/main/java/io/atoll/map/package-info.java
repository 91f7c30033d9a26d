/**
 * Maps: ordered keys with raw JSON values, versions, expiry, scans and watches. A map is one
 * ordered journal stream, recent changes in memory and immutable pages of older state beneath them.
 */
@NullMarked
package io.atoll.map;

import org.jspecify.annotations.NullMarked;
