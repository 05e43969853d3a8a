/** What principals have left of their budgets, for people. */
@NullMarked
package org.countersign.core.budget;

import org.jspecify.annotations.NullMarked;
