package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Principal;

/** Whom of those with sessions on this node a static constraint refuses because of what others hold. For all threads. */
@ApplicationScoped
public class ConflictBoard {
    private volatile Map<Principal, List<PersonConflict>> conflicts = Map.of();

    Optional<Verdict.Deny> refusal(Principal principal, TargetPolicy target) {
        Map<Principal, List<PersonConflict>> now = conflicts;
        return now.isEmpty()
                ? Optional.empty()
                : now.getOrDefault(principal, List.of()).stream()
                        .flatMap(conflict -> conflict.refusal(target).stream())
                        .findFirst();
    }

    void post(Map<Principal, List<PersonConflict>> found) {
        conflicts = Map.copyOf(found);
    }
}
