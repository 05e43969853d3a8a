/** Roles for a time: grants that others approve, and break-glass that others review. */
@NullMarked
package org.countersign.core.grant;

import org.jspecify.annotations.NullMarked;
