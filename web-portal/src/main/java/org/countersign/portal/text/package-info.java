@NullMarked
package org.countersign.portal.text;

import org.jspecify.annotations.NullMarked;
