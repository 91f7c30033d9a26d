/**
 * The tenant: its life, plan, quotas, keys and sessions, decided and applied by plain rules and
 * held by one sharded persistent actor. Every operation on a tenant's maps is admitted here.
 */
@NullMarked
package io.atoll.tenant;

import org.jspecify.annotations.NullMarked;
