package org.countersign.core.policy;

import jakarta.ejb.ApplicationException;
import java.util.List;
import java.util.stream.Collectors;

/** A set of manifests has errors; nothing of it was applied. */
@ApplicationException(rollback = true)
public final class ManifestException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<ManifestProblem> problems;

    public ManifestException(List<ManifestProblem> problems) {
        super(problems.stream().map(ManifestProblem::toString).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of files and lines. */
    public List<ManifestProblem> problems() {
        return problems;
    }
}
