package org.countersign.core.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.Eligibility;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.RiskModel;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.TargetPolicy;

/**
 * One valid object of the policy.
 *
 * @param canonical its YAML with keys in a fixed order and without comments: equal objects have equal text
 * @param references the other objects it names
 */
record Manifest(Key key, Spec spec, String canonical, List<Reference> references) {
    Manifest {
        references = List.copyOf(references);
    }

    /** What identifies an object. */
    record Key(ManifestKind kind, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return kind.label() + "/" + name;
        }
    }

    /** A place that names another object. */
    record Reference(Key to, String file, int line, int column, String path) {}

    /** What an object says. */
    sealed interface Spec {
        /** @param target without its classification, which comes from other objects */
        record OfTarget(TargetPolicy target) implements Spec {}

        /** @param documents those of the fields that are classified by document path */
        record OfClassification(
                String target, Map<FieldName, Set<String>> classes, Set<FieldName> documents, Set<String> detectors)
                implements Spec {}

        record OfRole(RolePolicy role) implements Spec {}

        record OfGuardrail(Guardrail guardrail) implements Spec {}

        record OfConstraint(SegregationConstraint constraint) implements Spec {}

        /** @param agent without who wrote it, which the store knows */
        record OfAgent(AgentRegistration agent) implements Spec {}

        /** @param accounts the user names of one human being */
        record OfPerson(Set<String> accounts) implements Spec {}

        record OfRisk(RiskModel model) implements Spec {}

        record OfEligibility(Eligibility eligibility) implements Spec {}

        record OfBreakGlass(BreakGlass breakGlass) implements Spec {}
    }
}
