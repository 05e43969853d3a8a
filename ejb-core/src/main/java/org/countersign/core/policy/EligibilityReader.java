package org.countersign.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Eligibility;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.RolePolicy;

/** Reads {@code Eligibility}. */
final class EligibilityReader implements SpecReader {
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final List<Glob> EVERY_TARGET = List.of(new Glob("*"));
    private static final ApprovalRequirement NOBODY =
            new ApprovalRequirement(List.of(), 1, Duration.ofMinutes(15), Duration.ofMinutes(5));

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("role", "requesters", "targets", "longest", "uses", "ticket", "approval");
        String role = spec.required("role", EligibilityReader::role, "");
        RolePolicy.Holders requesters = spec.required("requesters", RoleReader::holders, RoleReader.NOBODY);
        List<Glob> targets = spec.optional("targets", at -> at.list(RoleReader::target), EVERY_TARGET);
        Duration longest = spec.optional("longest", Value::duration, LONGEST);
        boolean single = spec.optional("uses", at -> at.choice(List.of("any", "single")), "any")
                .equals("single");
        boolean ticket = spec.optional("ticket", at -> at.choice(List.of("optional", "required")), "optional")
                .equals("required");
        ApprovalRequirement approval = spec.required("approval", EligibilityReader::approval, NOBODY);
        return () -> new Manifest.Spec.OfEligibility(
                new Eligibility(name, role, requesters, targets, longest, single, ticket, approval));
    }

    static String role(Value value) {
        String role = value.text();
        value.reading().reference(value.node(), value.path(), ManifestKind.ROLE, role);
        return role;
    }

    /** A grant is no command that would have to run at some time, and it always says why. */
    private static ApprovalRequirement approval(Value value) {
        value.keys().forEach((key, at) -> {
            if (List.of("executeWithin", "executeDuring", "justification").contains(key)) {
                at.problem(key + " is about commands; a request for a grant says its own duration and reason");
            }
        });
        return ApprovalReader.read(value);
    }
}
