/**
 * JSON as raw UTF-8 bytes: checked in one pass, kept and sent on as it came. Values of maps are
 * never parsed into trees.
 */
@NullMarked
package io.atoll.http.json;

import org.jspecify.annotations.NullMarked;
