/** How sensitive values are recognised and transformed. */
@NullMarked
package org.countersign.model.masking;

import org.jspecify.annotations.NullMarked;
