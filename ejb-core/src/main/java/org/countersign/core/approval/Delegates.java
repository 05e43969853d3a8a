package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Principals;
import org.countersign.core.identity.Suspensions;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.PastCheck;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.session.Person;

/**
 * Says, when somebody delegates, what is known already to keep the delegate from deciding. Whether he answers for a request
 * is seen with each one. Needs a transaction.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Delegates {
    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private Accounts accounts;

    @Inject
    private Principals principals;

    @Inject
    private Suspensions suspensions;

    @Inject
    private PastCheck check;

    @Inject
    private PolicyBoard board;

    public Delegates() {}

    Delegates(
            ResponsiblePersons responsible,
            Accounts accounts,
            Principals principals,
            Suspensions suspensions,
            PastCheck check,
            PolicyBoard board) {
        this.responsible = responsible;
        this.accounts = accounts;
        this.principals = principals;
        this.suspensions = suspensions;
        this.check = check;
        this.board = board;
    }

    /**
     * Returns what the delegator has to know, in sentences.
     *
     * @throws InvalidRequestException when somebody of this name decides nothing at all
     */
    List<String> notesAbout(Person delegate, Instant now) {
        PolicySnapshot snapshot = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody can say who may decide"));
        if (principals.knownAgent(delegate)
                || snapshot.registry().agent(delegate.name()).isPresent()) {
            throw refused(delegate.name() + " is a program, and programs decide nothing");
        }
        Set<Person> himself = responsible.accountsOf(delegate);
        if (suspensions.anyOf(himself)) {
            throw refused(delegate.name() + " decides nothing at present");
        }
        var notes = new ArrayList<String>();
        Optional<AccountFacts> facts = accounts.facts(delegate);
        if (facts.isEmpty()) {
            notes.add("Nobody has signed in here as " + delegate.name() + " yet: look whether that is the right name.");
        }
        facts.map(known -> check.closed(snapshot, known.asIfCalling().principal(), himself, now))
                .filter(closed -> !closed.isEmpty())
                .ifPresent(closed -> notes.add("A constraint keeps " + delegate.name() + " from deciding on "
                        + String.join(", ", closed) + "."));
        return notes;
    }

    private static InvalidRequestException refused(String message) {
        return new InvalidRequestException("to", message);
    }
}
