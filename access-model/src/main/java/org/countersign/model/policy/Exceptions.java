package org.countersign.model.policy;

import java.util.List;
import java.util.Optional;

/** By what rules somebody gets more than his roles for a time. */
public record Exceptions(List<Eligibility> eligibilities, List<BreakGlass> breakGlasses) {
    public static final Exceptions NONE = new Exceptions(List.of(), List.of());

    public Exceptions {
        eligibilities = List.copyOf(eligibilities);
        breakGlasses = List.copyOf(breakGlasses);
    }

    public Optional<Eligibility> eligibility(String name) {
        return eligibilities.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public Optional<BreakGlass> breakGlass(String name) {
        return breakGlasses.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
