package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Principal;

/** Requests for what is no command, decided like commands: same people, same tests, same page. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Applications {
    @Inject
    private Approvals approvals;

    @Inject
    private Deciders deciders;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private Event<ApprovalCommitted> committed;

    public Applications() {}

    Applications(
            Approvals approvals,
            Deciders deciders,
            ResponsiblePersons responsible,
            Event<ApprovalCommitted> committed) {
        this.approvals = approvals;
        this.deciders = deciders;
        this.responsible = responsible;
        this.committed = committed;
    }

    /** Asks; returns the id of the request that people decide. */
    public UUID apply(Application application, Instant now) {
        var approval = new ApprovalEntity(
                UUID.randomUUID(), application, digest(application), responsible.of(application.principal()), now);
        approvals.add(approval);
        committed.fire(ApprovalCommitted.of(approval, now));
        return approval.id();
    }

    /** Takes a request back that nobody has finished deciding. */
    public void withdraw(UUID id, Caller caller, Instant now) {
        approvals
                .lock(id)
                .filter(approval -> approval.takeBack(caller.person(), now))
                .ifPresent(approval -> committed.fire(ApprovalCommitted.of(approval, now)));
    }

    /** Returns whether somebody is an approver in one of its steps and has nothing to do with whoever asked. */
    public boolean approver(UUID id, Caller caller, Instant now) {
        return !caller.machine()
                && approvals
                        .find(id)
                        .filter(approval -> approval.approver(
                                deciders.decider(caller, now),
                                deciders.around(approval.principal(), approval.target()),
                                now))
                        .isPresent();
    }

    /**
     * Why those who approved a request are not people beside it, seen from today.
     *
     * @param who has, or uses, what they gave
     */
    public Optional<Verdict.Deny> selfApproved(UUID id, Principal who) {
        return approvals
                .find(id)
                .orElseThrow()
                .signatures(responsible.of(who))
                .refusal(responsible::accountsOf)
                .map(deny -> new Verdict.Deny(
                        deny.rules(),
                        deny.error(),
                        deny.message(),
                        "Ask for a new grant, and have somebody else approve it."));
    }

    /** Covers everything that was asked for, and by whom; no command has such a digest. */
    private static String digest(Application application) {
        String covered = String.join(
                "\n",
                Application.KIND,
                application.grant().toString(),
                application.principal().issuer(),
                application.principal().subject(),
                application.target(),
                application.text());
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(covered.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
