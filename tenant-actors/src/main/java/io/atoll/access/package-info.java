/**
 * Who may act for a tenant: API keys, their scopes and their text form. Names of tenants, maps and
 * entries are checked here, before anything else looks at them.
 */
@NullMarked
package io.atoll.access;

import org.jspecify.annotations.NullMarked;
