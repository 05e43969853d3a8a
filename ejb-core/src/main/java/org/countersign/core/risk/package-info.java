/** What is known of principals beside their commands: how risky a command is, and what it draws on. */
@NullMarked
package org.countersign.core.risk;

import org.jspecify.annotations.NullMarked;
