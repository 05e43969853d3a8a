package org.countersign.core.approval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.core.identity.Visibility;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.HeldCommand;

/** Approvals in memory. */
final class FakeApprovals extends Approvals {
    private final Map<UUID, ApprovalEntity> all = new LinkedHashMap<>();

    @Override
    void add(ApprovalEntity approval) {
        all.put(approval.id(), approval);
    }

    @Override
    Optional<ApprovalEntity> find(UUID id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    Optional<ApprovalEntity> lock(UUID id) {
        return find(id);
    }

    @Override
    Optional<ApprovalEntity> lockDeferred(HeldCommand held) {
        return all.values().stream()
                .filter(approval -> approval.deferred() && approval.belongsTo(held) && approval.binds(held))
                .filter(approval -> approval.state() == State.PENDING || approval.state() == State.APPROVED)
                .findFirst();
    }

    @Override
    List<ApprovalEntity> lockPending(String digest, int limit) {
        return all.values().stream()
                .filter(approval -> approval.state() == State.PENDING
                        && approval.view(Optional.empty(), "", Requests.NOW)
                                .digest()
                                .equals(digest))
                .limit(limit)
                .toList();
    }

    @Override
    List<ApprovalEntity> earlier(ApprovalEntity than, int limit) {
        return all.values().stream()
                .filter(approval -> approval != than && approval.principal().same(than.principal()))
                .limit(limit)
                .toList();
    }

    @Override
    void flush() {
        // nothing is held back
    }

    @Override
    List<OpenRequests.Open> open(int limit) {
        return all.values().stream()
                .filter(approval -> approval.state() == State.PENDING)
                .map(approval -> new OpenRequests.Open(
                        approval.id(),
                        PrincipalJson.of(approval.principal()),
                        approval.target(),
                        RequirementJson.of(approval.requirement()),
                        approval.requestedAt()))
                .toList();
    }

    @Override
    List<ApprovalEntity> list(Caller caller, Set<UUID> concerned, ApprovalFilter filter) {
        return all.values().stream()
                .filter(approval -> Visibility.of(caller, approval.principal()) || concerned.contains(approval.id()))
                .toList()
                .reversed();
    }
}
