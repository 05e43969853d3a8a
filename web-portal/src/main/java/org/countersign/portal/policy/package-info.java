@NullMarked
package org.countersign.portal.policy;

import org.jspecify.annotations.NullMarked;
