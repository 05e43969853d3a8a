/** Who is there: access tokens, connection credentials and the principals known so far. */
@NullMarked
package org.countersign.core.identity;

import org.jspecify.annotations.NullMarked;
