package org.countersign.portal.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.approval.ApprovalFilter;
import org.countersign.core.approval.ApprovalRefusedException;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.BatchOutcome;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.session.Principal;

/** Approvals in memory; remembers what was decided. */
final class FakeApprovals extends ApprovalService {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final PrincipalView AGENT =
            new PrincipalView("orders-agent", "agent", Optional.of("alice"), Optional.empty(), List.of());

    final Map<UUID, ApprovalView> all = new LinkedHashMap<>();
    final List<String> decided = new ArrayList<>();
    int pageSize = 50;
    boolean reasonRequired;
    List<ApprovalView.StepView> steps = List.of();
    List<BatchOutcome> batch = List.of();
    Optional<RefusalReason> refusal = Optional.empty();

    static Caller caller(String name, String... roles) {
        return new Caller(
                new Principal(
                        "https://issuer",
                        "id-of-" + name,
                        name,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Set.of(roles),
                        Set.of(),
                        "countersign-portal",
                        Optional.empty()),
                NOON);
    }

    ApprovalView add(ApprovalDesk.State state, PrincipalView principal, Optional<RefusalReason> why) {
        return put(new ApprovalView(
                new UUID(0, all.size() + 1L),
                state,
                principal,
                "shop",
                Map.of("env", "prod"),
                List.of(new ApprovalView.CommandToApprove(
                        "update",
                        "update orders\n   set note = 'x'",
                        List.of(),
                        List.of("sql:update"),
                        List.of("public.orders"),
                        List.of(),
                        Optional.of(12L),
                        "about 12")),
                List.of("agent-writes-need-a-person"),
                "Writes need a person.",
                Optional.empty(),
                1,
                "people with the role approver",
                steps,
                new ApprovalView.TermsView(
                        "", reasonRequired, Optional.empty(), "", Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(),
                "sha256:00",
                7,
                new UUID(1, 1),
                "127.0.0.1:1",
                "http://localhost:8080/approvals/1",
                NOON,
                NOON.plusSeconds(900),
                Optional.empty(),
                false,
                "",
                why.isEmpty(),
                why,
                why.map(RefusalReason::message).orElse("")));
    }

    ApprovalView put(ApprovalView approval) {
        all.put(approval.id(), approval);
        return approval;
    }

    static ApprovalView with(
            ApprovalView old, ApprovalDesk.State state, int quorum, List<ApprovalView.DecisionView> decisions) {
        return new ApprovalView(
                old.id(),
                state,
                old.principal(),
                old.target(),
                old.targetLabels(),
                old.commands(),
                old.rules(),
                old.message(),
                old.risk(),
                quorum,
                old.approvers(),
                old.steps(),
                old.terms(),
                decisions,
                old.digest(),
                old.policyVersion(),
                old.session(),
                old.sessionAddress(),
                old.url(),
                old.requestedAt(),
                old.expiresAt(),
                old.executeBy(),
                old.deferred(),
                old.settledReason(),
                false,
                Optional.of(RefusalReason.ALREADY_DECIDED),
                "");
    }

    @Override
    public Page<ApprovalView> list(Caller caller, ApprovalFilter filter) {
        List<ApprovalView> matching = all.values().stream()
                .filter(approval -> filter.state().isEmpty() || filter.state().get() == approval.state())
                .filter(approval -> !filter.settled() || approval.state() != ApprovalDesk.State.PENDING)
                .toList();
        int from = filter.after().map(Integer::parseInt).orElse(0);
        int to = Math.min(matching.size(), from + pageSize);
        return new Page<>(
                matching.subList(from, to), to < matching.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    }

    @Override
    public Optional<ApprovalView> find(Caller caller, UUID id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public List<BatchOutcome> decideIdentical(Caller caller, String digest, DecisionKind decision, String reason) {
        decided.add(caller.principal().name() + " " + decision.label() + " all " + digest + " " + reason);
        return batch;
    }

    @Override
    public ApprovalView takeBack(Caller caller, UUID id) throws ApprovalRefusedException {
        if (refusal.isPresent()) {
            throw new ApprovalRefusedException(refusal.get());
        }
        return put(with(all.get(id), ApprovalDesk.State.WITHDRAWN, 1, List.of()));
    }

    @Override
    public ApprovalView decide(Caller caller, UUID id, DecisionKind decision, String reason)
            throws ApprovalRefusedException {
        if (refusal.isPresent()) {
            throw new ApprovalRefusedException(refusal.get());
        }
        decided.add(caller.principal().name() + " " + decision.label() + " " + reason);
        var made =
                new ApprovalView.DecisionView(caller.principal().name(), Optional.empty(), decision, 0, reason, NOON);
        return put(with(
                all.get(id),
                decision == DecisionKind.APPROVE ? ApprovalDesk.State.APPROVED : ApprovalDesk.State.REJECTED,
                1,
                List.of(made)));
    }
}
