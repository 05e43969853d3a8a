@NullMarked
package org.countersign.portal.explain;

import org.jspecify.annotations.NullMarked;
