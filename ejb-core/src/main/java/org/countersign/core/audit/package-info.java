/** What an auditor is shown: who asked, who agreed, who tried in vain, and the proof that they are different persons. */
@NullMarked
package org.countersign.core.audit;

import org.jspecify.annotations.NullMarked;
