/**
 * The way from the edge to tenants: commands go to the shard region under a bounded credit, answers
 * come back once or as {@code UNAVAILABLE}, and what a tenant has just refused is not asked again.
 */
@NullMarked
package io.atoll.http.gateway;

import org.jspecify.annotations.NullMarked;
