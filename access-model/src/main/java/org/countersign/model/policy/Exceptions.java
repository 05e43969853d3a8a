package org.countersign.model.policy;

import java.util.List;
import java.util.Optional;
import org.countersign.model.session.Principal;

/** By what rules somebody gets more than his roles for a time. */
public record Exceptions(List<Eligibility> eligibilities, List<BreakGlass> breakGlasses) {
    public static final Exceptions NONE = new Exceptions(List.of(), List.of());

    public Exceptions {
        eligibilities = List.copyOf(eligibilities);
        breakGlasses = List.copyOf(breakGlasses);
    }

    /** Returns whether somebody may still have a role on a target by a rule: that rule is there, and says so. */
    public boolean offer(Grant.Kind kind, String rule, String role, Principal who, String target) {
        return switch (kind) {
            case GRANT ->
                eligibility(rule)
                        .filter(each -> each.role().equals(role) && each.on(target))
                        .filter(each -> each.requesters().include(who))
                        .isPresent();
            case BREAK_GLASS ->
                breakGlass(rule)
                        .filter(each -> each.role().equals(role) && each.on(target))
                        .filter(each -> each.persons().include(who))
                        .isPresent();
        };
    }

    public Optional<Eligibility> eligibility(String name) {
        return eligibilities.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public Optional<BreakGlass> breakGlass(String name) {
        return breakGlasses.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
