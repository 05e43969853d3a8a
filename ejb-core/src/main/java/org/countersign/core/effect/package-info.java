/** What a proposed change of policy would do, seen by what was done lately. */
@NullMarked
package org.countersign.core.effect;

import org.jspecify.annotations.NullMarked;
