/** What is decided: the immutable policy snapshot and the pure decision over it. */
@NullMarked
package org.countersign.model.policy;

import org.jspecify.annotations.NullMarked;
