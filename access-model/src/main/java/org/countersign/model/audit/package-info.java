/** What is recorded: the frame types of a recording. */
@NullMarked
package org.countersign.model.audit;

import org.jspecify.annotations.NullMarked;
