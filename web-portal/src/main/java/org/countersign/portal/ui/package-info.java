@NullMarked
package org.countersign.portal.ui;

import org.jspecify.annotations.NullMarked;
