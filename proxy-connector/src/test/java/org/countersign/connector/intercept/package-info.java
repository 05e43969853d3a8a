@NullMarked
package org.countersign.connector.intercept;

import org.jspecify.annotations.NullMarked;
