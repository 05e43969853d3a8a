/** What the features of the core share: pages, the clock, settings and the refusals of every service. */
@NullMarked
package org.countersign.core;

import org.jspecify.annotations.NullMarked;
