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

    @Inject
    private PolicyService policies;

    @Inject
    private PolicyPulse pulse;

    public ManifestService() {}

    ManifestService(PolicyService policies, PolicyPulse pulse) {
        this.policies = policies;
        this.pulse = pulse;
    }

    /**
     * Proposes to create or replace the objects of these manifests. What is in force already gives no change.
     *
     * @param yaml one or more documents
     * @param source the file the author read, for error messages
     */
    public ChangeView propose(Caller caller, String yaml, String source)
            throws ManifestException, ChangeRefusedException {
        administrator(caller);
        return policies.propose(caller.principal(), List.of(new ManifestSource(source, yaml)), source);
    }

    /** Proposes to remove an object that nothing else names. */
    public ChangeView remove(Caller caller, String kind, String name) throws ManifestException, ChangeRefusedException {
        administrator(caller);
        return policies.proposeRemoval(caller.principal(), new Manifest.Key(kind(kind), name));
    }

    /** Countersigns a proposed change. When this returns the change is in force on this node. */
    public ChangeView confirm(Caller caller, UUID change) throws ManifestException, ChangeRefusedException {
        administrator(caller);
        ChangeView confirmed = policies.confirm(caller.principal(), change);
        pulse.refresh();
        return confirmed;
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

    private static ManifestKind kind(String label) {
        return ManifestKind.of(label)
                .orElseThrow(() -> new InvalidRequestException(
                        "kind", "unknown kind; allowed: " + String.join(", ", ManifestKind.labels())));
    }
}
