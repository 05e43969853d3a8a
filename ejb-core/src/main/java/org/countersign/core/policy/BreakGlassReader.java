package org.countersign.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.RolePolicy;

/** Reads {@code BreakGlass}. */
final class BreakGlassReader implements SpecReader {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration REVIEW_WITHIN = Duration.ofDays(1);
    private static final List<Glob> EVERY_TARGET = List.of(new Glob("*"));

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("persons", "role", "targets", "longest", "review", "overrides");
        RolePolicy.Holders persons = spec.required("persons", BreakGlassReader::persons, RoleReader.NOBODY);
        String role = spec.required("role", EligibilityReader::role, "");
        List<Glob> targets = spec.optional("targets", at -> at.list(RoleReader::target), EVERY_TARGET);
        Duration longest = spec.optional("longest", at -> at.duration(Duration.ofDays(1)), LONGEST);
        Review review = spec.required("review", BreakGlassReader::review, new Review(ApprovalReader.NOBODY, LONGEST));
        Set<String> overrides = spec.optional("overrides", BreakGlassReader::constraints, Set.of());
        return () -> new Manifest.Spec.OfBreakGlass(
                new BreakGlass(name, persons, role, targets, longest, review.reviewers(), review.within(), overrides));
    }

    private record Review(Approvers reviewers, Duration within) {}

    private static RolePolicy.Holders persons(Value value) {
        value.fields("realmRoles", "groups", "users");
        return RoleReader.holders(value);
    }

    private static Review review(Value value) {
        Fields fields = value.fields("reviewers", "within");
        return new Review(
                fields.required("reviewers", ApprovalReader::anyOf, ApprovalReader.NOBODY),
                fields.optional("within", Value::duration, REVIEW_WITHIN));
    }

    private static Set<String> constraints(Value value) {
        value.items()
                .forEach(item -> item.reading()
                        .reference(item.node(), item.path(), ManifestKind.SEGREGATION_CONSTRAINT, item.text()));
        return value.texts();
    }
}
