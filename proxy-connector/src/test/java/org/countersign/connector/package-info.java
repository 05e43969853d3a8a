@NullMarked
package org.countersign.connector;

import org.jspecify.annotations.NullMarked;
