/** Agents: who answers for them, what they are for, and how to stop one. */
@NullMarked
package org.countersign.portal.agent;

import org.jspecify.annotations.NullMarked;
