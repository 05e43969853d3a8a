@NullMarked
package org.countersign.connector.postgres;

import org.jspecify.annotations.NullMarked;
