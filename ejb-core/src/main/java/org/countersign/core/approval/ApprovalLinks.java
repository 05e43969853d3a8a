package org.countersign.core.approval;

import java.util.UUID;
import org.countersign.core.CoreSettings;

/** Where people find an approval. */
final class ApprovalLinks {
    private ApprovalLinks() {}

    static String url(CoreSettings settings, UUID approval) {
        return settings.portal() + "/approvals/" + approval;
    }
}
