package org.countersign.model.policy;

/**
 * What an approval asks for besides persons and time.
 *
 * @param decisionReason whether whoever decides has to say why
 */
public record ApprovalTerms(boolean decisionReason) {
    public static final ApprovalTerms NONE = new ApprovalTerms(false);

    ApprovalTerms and(ApprovalTerms other) {
        return new ApprovalTerms(decisionReason || other.decisionReason);
    }

    boolean covers(ApprovalTerms asked) {
        return decisionReason || !asked.decisionReason;
    }
}
