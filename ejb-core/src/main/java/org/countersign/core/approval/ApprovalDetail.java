package org.countersign.core.approval;

import java.util.List;

/**
 * What somebody who looks at a request wants to know besides the request itself.
 *
 * @param behind who answers for it
 * @param candidates its approvers as far as they are known; empty once it is decided, and for whoever sees his own only
 * @param similar earlier requests that are like it, the latest first
 * @param identical how many other pending requests are for exactly the same
 * @param mayTakeBack whether the viewer may take it back now
 */
public record ApprovalDetail(
        List<Answerable> behind,
        List<CandidateView> candidates,
        List<SimilarApproval> similar,
        int identical,
        boolean mayTakeBack) {
    public ApprovalDetail {
        behind = List.copyOf(behind);
        candidates = List.copyOf(candidates);
        similar = List.copyOf(similar);
    }
}
