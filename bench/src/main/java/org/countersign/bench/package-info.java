/** Measurements of single parts, by JMH. Run: {@code ./countersign bench parts}. */
@NullMarked
package org.countersign.bench;

import org.jspecify.annotations.NullMarked;
