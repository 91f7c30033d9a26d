/** What commands read from users and show to them. */
@NullMarked
package io.atoll.terminal;

import org.jspecify.annotations.NullMarked;
