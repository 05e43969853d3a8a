package org.countersign.portal.approval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.countersign.core.Page;
import org.countersign.core.approval.ApprovalFilter;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.ApprovalView.CommandToApprove;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.port.ApprovalDesk;

/** Fills the inbox. */
public final class ApprovalsPresenter {
    /** What a browser shows at once without a wait. */
    private static final int PAGE = 25;

    /** Of so many it is said how many wait. */
    private static final int COUNTED = 50;

    private static final int SUMMARY_LENGTH = 160;

    private final ApprovalService approvals;
    private final Supplier<Caller> caller;

    public ApprovalsPresenter(ApprovalService approvals, Supplier<Caller> caller) {
        this.approvals = approvals;
        this.caller = caller;
    }

    /** Which part of the inbox is open. */
    public enum Box {
        PENDING,
        DECIDED
    }

    /** @param next the cursor of what follows; empty at the end */
    public record Inbox(List<Row> rows, Optional<String> next) {}

    /**
     * One request.
     *
     * @param behalf who answers for the requester, in words; empty for a person acting for himself
     * @param summary the first command, shortened: enough to recognise it, never to decide on it
     * @param further how many commands follow the first one
     */
    public record Row(
            UUID id,
            PrincipalView principal,
            String behalf,
            String summary,
            int further,
            List<String> actions,
            String target,
            Map<String, String> labels,
            List<String> rules,
            Instant requestedAt,
            Instant expiresAt,
            ApprovalDesk.State state,
            String decidedBy,
            boolean mayDecide) {}

    public Inbox open(Box box, Optional<String> after) {
        Page<ApprovalView> page = approvals.list(caller.get(), filter(box, after));
        return new Inbox(page.items().stream().map(ApprovalsPresenter::row).toList(), page.next());
    }

    /** Counts the latest requests that wait for this very person. */
    public int awaitingMe() {
        return (int) approvals.list(caller.get(), pending(COUNTED, Optional.empty())).items().stream()
                .filter(ApprovalView::mayDecide)
                .count();
    }

    /** Returns whether any of a person's roles lets him see more than his own. */
    public boolean seesOthers() {
        Caller now = caller.get();
        return now.has("approver") || now.has("auditor") || now.has("admin");
    }

    private static ApprovalFilter filter(Box box, Optional<String> after) {
        if (box == Box.DECIDED) {
            return ApprovalFilter.settled(PAGE, after);
        }
        return pending(PAGE, after);
    }

    private static ApprovalFilter pending(int limit, Optional<String> after) {
        return new ApprovalFilter(
                Optional.of(ApprovalDesk.State.PENDING),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                after);
    }

    private static Row row(ApprovalView approval) {
        List<CommandToApprove> commands = approval.commands();
        return new Row(
                approval.id(),
                approval.principal(),
                behalf(approval.principal()),
                commands.isEmpty() ? "" : summary(commands.getFirst().text()),
                Math.max(0, commands.size() - 1),
                commands.stream()
                        .flatMap(command -> command.actions().stream())
                        .distinct()
                        .toList(),
                approval.target(),
                approval.targetLabels(),
                approval.rules(),
                approval.requestedAt(),
                approval.expiresAt(),
                approval.state(),
                approval.decisions().stream()
                        .map(ApprovalView.DecisionView::by)
                        .distinct()
                        .collect(Collectors.joining(", ")),
                approval.mayDecide());
    }

    /** Says in words for whom an agent acts. */
    public static String behalf(PrincipalView principal) {
        if (principal.onBehalfOf().isPresent()) {
            return "for " + principal.onBehalfOf().get()
                    + principal.owner().map(owner -> ", owned by " + owner).orElse("");
        }
        return principal.owner().map(owner -> "owned by " + owner).orElse("");
    }

    /** Puts a command on one line and shortens it for a list. */
    public static String summary(String text) {
        String line = text.strip().replaceAll("[ \\n\\r\\t]+", " ");
        return line.codePointCount(0, line.length()) <= SUMMARY_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SUMMARY_LENGTH)) + "…";
    }
}
