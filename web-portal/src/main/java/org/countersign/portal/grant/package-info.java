/** Roles for a time. */
@NullMarked
package org.countersign.portal.grant;

import org.jspecify.annotations.NullMarked;
