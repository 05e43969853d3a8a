/** Policy as code: manifests, their changes, and the snapshot that is in force. */
@NullMarked
package org.countersign.core.policy;

import org.jspecify.annotations.NullMarked;
