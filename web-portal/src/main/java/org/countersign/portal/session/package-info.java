@NullMarked
package org.countersign.portal.session;

import org.jspecify.annotations.NullMarked;
