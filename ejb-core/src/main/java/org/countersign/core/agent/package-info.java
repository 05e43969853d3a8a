/** The agents there are: what they are registered for, who answers for them and when they were last here. */
@NullMarked
package org.countersign.core.agent;

import org.jspecify.annotations.NullMarked;
