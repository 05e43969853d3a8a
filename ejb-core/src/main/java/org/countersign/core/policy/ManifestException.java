package org.countersign.core.policy;

import jakarta.ejb.ApplicationException;
import java.util.List;
import java.util.stream.Collectors;

/** A set of manifests has errors; nothing of it was applied. */
@ApplicationException(rollback = true)
public final class ManifestException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<ManifestProblem> problems;
    private final boolean ofDuties;

    public ManifestException(List<ManifestProblem> problems) {
        this(problems, false);
    }

    private ManifestException(List<ManifestProblem> problems, boolean ofDuties) {
        super(problems.stream().map(ManifestProblem::toString).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
        this.ofDuties = ofDuties;
    }

    /** Nothing is wrong with the manifests, but they would bring together what has to be kept apart. */
    static ManifestException ofDuties(List<ManifestProblem> conflicts) {
        return new ManifestException(conflicts, true);
    }

    boolean ofDuties() {
        return ofDuties;
    }

    /** Every problem, in the order of files and lines. */
    public List<ManifestProblem> problems() {
        return problems;
    }
}
