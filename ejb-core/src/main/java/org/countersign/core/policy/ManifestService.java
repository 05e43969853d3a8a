package org.countersign.core.policy;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;

/** Policy as code for administrators: one proposes, another one confirms. */
@Stateless
@PermitAll
public class ManifestService {
    /**
     * Proposes to create or replace the objects of these manifests.
     *
     * @param yaml one or more documents
     * @param source the file the author read, for error messages
     */
    public ChangeView propose(Caller caller, String yaml, String source)
            throws ManifestException, ChangeRefusedException {
        throw new UnsupportedOperationException();
    }

    /** Proposes to remove an object that nothing else refers to. */
    public ChangeView remove(Caller caller, String kind, String name) throws ManifestException, ChangeRefusedException {
        throw new UnsupportedOperationException();
    }

    /** Countersigns a proposed change. When this returns the change is in force on this node. */
    public ChangeView confirm(Caller caller, UUID change) throws ManifestException, ChangeRefusedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Lists changes, newest first.
     *
     * @param limit 1 to 200
     * @param after the cursor of the page before
     */
    public Page<ChangeView> changes(Caller caller, int limit, Optional<String> after) throws ChangeRefusedException {
        throw new UnsupportedOperationException();
    }

    public Optional<ChangeView> change(Caller caller, UUID change) throws ChangeRefusedException {
        throw new UnsupportedOperationException();
    }

    /** Everything in force as one YAML text, ready to be applied again. */
    public String export(Caller caller) throws ChangeRefusedException {
        throw new UnsupportedOperationException();
    }

    /** What {@link #propose} would change. */
    public List<DiffEntry> diff(Caller caller, String yaml, String source)
            throws ManifestException, ChangeRefusedException {
        throw new UnsupportedOperationException();
    }
}
