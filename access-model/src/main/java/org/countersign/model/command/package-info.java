/** What is asked: commands, and what the analysis found them to do. */
@NullMarked
package org.countersign.model.command;

import org.jspecify.annotations.NullMarked;
