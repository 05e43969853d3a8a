@NullMarked
package org.countersign.connector.session;

import org.jspecify.annotations.NullMarked;
