package org.countersign.core.policy;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.AttemptNotes;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ChangeRefusedException.Reason;

/**
 * Policy as code: one administrator proposes, another one confirms; auditors may look. Each call is a transaction of its
 * own, never a part of the caller's.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class ManifestService {
    private static final String ADMIN = "admin";
    private static final String AUDITOR = "auditor";
    private static final String CONFLICT = "conflict-of-duties";

    @Inject
    private PolicyService policies;

    @Inject
    private PolicyPulse pulse;

    @Inject
    private AttemptNotes notes;

    public ManifestService() {}

    ManifestService(PolicyService policies, PolicyPulse pulse, AttemptNotes notes) {
        this.policies = policies;
        this.pulse = pulse;
        this.notes = notes;
    }

    /**
     * Proposes to create or replace the objects of these manifests. What is in force already gives no change.
     *
     * @param yaml one or more documents
     * @param source the file the author read, for error messages
     */
    public ChangeView propose(Caller caller, String yaml, String source, Motive motive)
            throws ManifestException, ChangeRefusedException {
        return noted(caller, Attempt.PROPOSE_CHANGE, source, () -> {
            administrator(caller);
            return policies.propose(caller.principal(), List.of(new ManifestSource(source, yaml)), source, motive);
        });
    }

    /** Proposes to remove an object that nothing else names. */
    public ChangeView remove(Caller caller, String kind, String name, Motive motive)
            throws ManifestException, ChangeRefusedException {
        return noted(caller, Attempt.PROPOSE_CHANGE, kind + "/" + name, () -> {
            administrator(caller);
            return policies.proposeRemoval(caller.principal(), key(kind, name), motive);
        });
    }

    /** Countersigns a proposed change. When this returns the change is in force on this node. */
    public ChangeView confirm(Caller caller, UUID change) throws ManifestException, ChangeRefusedException {
        ChangeView confirmed = noted(caller, Attempt.CONFIRM_CHANGE, change.toString(), () -> {
            administrator(caller);
            return policies.confirm(caller.principal(), change);
        });
        pulse.refresh();
        return confirmed;
    }

    /** Turns another administrator's proposal down. */
    public ChangeView reject(Caller caller, UUID change, Motive motive)
            throws ManifestException, ChangeRefusedException {
        return noted(caller, Attempt.REJECT_CHANGE, change.toString(), () -> {
            administrator(caller);
            return policies.reject(caller.principal(), change, motive);
        });
    }

    /** Takes the caller's own proposal back. */
    public ChangeView withdraw(Caller caller, UUID change) throws ManifestException, ChangeRefusedException {
        return noted(caller, Attempt.WITHDRAW_CHANGE, change.toString(), () -> {
            administrator(caller);
            return policies.withdraw(caller.principal(), change);
        });
    }

    /** Proposes the inverse of a confirmed change, to be countersigned like every other. */
    public ChangeView revert(Caller caller, UUID change, Motive motive)
            throws ManifestException, ChangeRefusedException {
        return noted(caller, Attempt.REVERT_CHANGE, change.toString(), () -> {
            administrator(caller);
            return policies.proposeRevert(caller.principal(), change, motive);
        });
    }

    /** Lists what happened to one object, the latest first; each change shows what it did to this object alone. */
    public List<ChangeView> history(Caller caller, String kind, String name) throws ChangeRefusedException {
        reader(caller);
        return policies.history(key(kind, name), Page.MAX_ITEMS);
    }

    /**
     * Lists changes, newest first.
     *
     * @param limit 1 to {@link Page#MAX_ITEMS}
     * @param after the cursor of the page before
     */
    public Page<ChangeView> changes(Caller caller, int limit, Optional<String> after) throws ChangeRefusedException {
        reader(caller);
        return policies.changes(Page.checkLimit(limit), after.map(Cursor::of));
    }

    public Optional<ChangeView> change(Caller caller, UUID change) throws ChangeRefusedException {
        reader(caller);
        return policies.change(change);
    }

    /** Everything in force as one YAML text, ready to be applied again. */
    public String export(Caller caller) throws ManifestException, ChangeRefusedException {
        reader(caller);
        return policies.export();
    }

    /** What {@link #propose} would change. */
    public List<DiffEntry> diff(Caller caller, String yaml, String source)
            throws ManifestException, ChangeRefusedException {
        administrator(caller);
        return policies.diff(List.of(new ManifestSource(source, yaml)));
    }

    /** A refused attempt has to be found in the report: one that cannot be kept is an error of its own. */
    private ChangeView noted(Caller caller, Attempt attempt, String object, Step step)
            throws ManifestException, ChangeRefusedException {
        try {
            return step.run();
        } catch (ChangeRefusedException e) {
            notes.note(caller.principal(), attempt, object, e.reason().label(), String.valueOf(e.getMessage()));
            throw e;
        } catch (ManifestException e) {
            if (e.ofDuties()) {
                notes.note(caller.principal(), attempt, object, CONFLICT, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** One transaction of {@link PolicyService}. */
    @FunctionalInterface
    private interface Step {
        ChangeView run() throws ManifestException, ChangeRefusedException;
    }

    private static void administrator(Caller caller) throws ChangeRefusedException {
        person(caller);
        if (!caller.has(ADMIN)) {
            throw new ChangeRefusedException(Reason.NOT_AN_ADMIN, "Changing the policy needs the realm role admin.");
        }
    }

    private static void reader(Caller caller) throws ChangeRefusedException {
        person(caller);
        if (!caller.has(ADMIN) && !caller.has(AUDITOR)) {
            throw new ChangeRefusedException(
                    Reason.NOT_AN_ADMIN, "Reading the policy needs the realm role admin or auditor.");
        }
    }

    private static void person(Caller caller) throws ChangeRefusedException {
        if (caller.machine()) {
            throw new ChangeRefusedException(Reason.MACHINE_APPROVAL, "Policy is a matter of persons, not of agents.");
        }
    }

    private static Manifest.Key key(String label, String name) {
        return ManifestKind.of(label)
                .map(kind -> new Manifest.Key(kind, name))
                .orElseThrow(() -> new InvalidRequestException(
                        "kind", "unknown kind; allowed: " + String.join(", ", ManifestKind.labels())));
    }
}
