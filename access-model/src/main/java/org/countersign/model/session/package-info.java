/** Who acts: principals, the persons responsible for them, and their sessions. */
@NullMarked
package org.countersign.model.session;

import org.jspecify.annotations.NullMarked;
