/** Sessions, live and past, and what their recordings say. */
@NullMarked
package org.countersign.core.recording;

import org.jspecify.annotations.NullMarked;
