/** What the connector may ask of the core. */
@NullMarked
package org.countersign.model.port;

import org.jspecify.annotations.NullMarked;
