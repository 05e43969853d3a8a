/** What a text would do and what the policy says to it, without running it. */
@NullMarked
package org.countersign.core.explain;

import org.jspecify.annotations.NullMarked;
