/** What nodes leave in their common store so that no two clusters of them serve its tenants. */
@NullMarked
package io.atoll.formation;

import org.jspecify.annotations.NullMarked;
