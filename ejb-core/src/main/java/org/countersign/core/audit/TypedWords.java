package org.countersign.core.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TypedValues;
import org.countersign.model.session.Principal;

/** Shows a reader what requesters typed as his own roles show such values. */
final class TypedWords {
    private final Principal reader;
    private final Optional<PolicySnapshot> policy;
    private final Map<String, ContentScanner> scanners = new HashMap<>();

    TypedWords(Principal reader, Optional<PolicySnapshot> policy) {
        this.reader = reader;
        this.policy = policy;
    }

    EvidenceRow shown(EvidenceRow row) {
        return row.seenThrough(
                scanners.computeIfAbsent(row.target(), target -> TypedValues.seenBy(reader, policy, target)));
    }
}
