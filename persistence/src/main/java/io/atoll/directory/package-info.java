/**
 * The read models that the tenants feed, kept in the embedded store: the directory of all tenants,
 * and their metered minutes.
 */
@NullMarked
package io.atoll.directory;

import org.jspecify.annotations.NullMarked;
