/** How people decide. */
@NullMarked
package org.countersign.portal.approver;

import org.jspecify.annotations.NullMarked;
