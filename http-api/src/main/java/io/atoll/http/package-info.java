/**
 * The edge: from a credential and a request to a tenant's command, and back. Sessions and routes
 * know nothing of the listener beneath them.
 */
@NullMarked
package io.atoll.http;

import org.jspecify.annotations.NullMarked;
