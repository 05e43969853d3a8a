/** The resource adapter: the connector's life inside the container, and its calls of the core. */
@NullMarked
package org.countersign.connector.ra;

import org.jspecify.annotations.NullMarked;
