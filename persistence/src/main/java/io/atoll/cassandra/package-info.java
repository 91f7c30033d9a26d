/**
 * Everything that a node keeps, in Apache Cassandra: journal, snapshots, pages, the directory and
 * the usage table, behind the same ports as the embedded store.
 */
@NullMarked
package io.atoll.cassandra;

import org.jspecify.annotations.NullMarked;
