/** What is used of the budgets of roles. */
@NullMarked
package org.countersign.portal.budget;

import org.jspecify.annotations.NullMarked;
