/** What the gateway counts, and how the container shows it. */
@NullMarked
package org.countersign.connector.metrics;

import org.jspecify.annotations.NullMarked;
