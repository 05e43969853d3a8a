package org.countersign.core.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.countersign.model.command.FieldName;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.Constraints;
import org.countersign.model.policy.Eligibility;
import org.countersign.model.policy.Exceptions;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Registry;
import org.countersign.model.policy.RiskModel;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.TargetPolicy;

/** All objects of a policy together. It is immutable; a change makes another one. */
final class PolicySet {
    private static final int MAX_OBJECTS = 5_000;

    private final SortedMap<Manifest.Key, Manifest> manifests;

    private PolicySet(Collection<Manifest> manifests) {
        this.manifests = new TreeMap<>();
        manifests.forEach(manifest -> this.manifests.put(manifest.key(), manifest));
    }

    static PolicySet empty() {
        return new PolicySet(List.of());
    }

    /**
     * Reads the objects of the store back.
     *
     * @throws ManifestException when one of them is no longer valid
     */
    static PolicySet of(ManifestReader reader, Map<Manifest.Key, String> documents) throws ManifestException {
        List<ManifestSource> sources = new TreeMap<>(documents)
                .entrySet().stream()
                        .map(entry -> new ManifestSource(entry.getKey().toString(), entry.getValue()))
                        .toList();
        return empty().with(reader.read(sources));
    }

    /**
     * Returns this policy with the objects that were read put in or replaced.
     *
     * @throws ManifestException with every problem of each of them and of the whole
     */
    PolicySet with(Reading reading) throws ManifestException {
        var all = new ArrayList<>(manifests.values());
        all.addAll(reading.manifests());
        var next = new PolicySet(all);
        List<ManifestProblem> problems = new ArrayList<>(reading.problems());
        Set<Manifest.Key> known = new HashSet<>(next.manifests.keySet());
        known.addAll(reading.declared().keySet());
        List<Manifest.Reference> references = new ArrayList<>(reading.references());
        manifests.values().stream()
                .filter(manifest -> !reading.declared().containsKey(manifest.key()))
                .forEach(manifest -> references.addAll(manifest.references()));
        problems.addAll(dangling(references, known));
        problems.addAll(next.clashes());
        if (known.size() > MAX_OBJECTS) {
            problems.add(new ManifestProblem(
                    "", 0, 0, "", "the policy has " + known.size() + " objects, limit " + MAX_OBJECTS));
        }
        return checked(next, problems);
    }

    /**
     * Returns this policy without some objects.
     *
     * @throws ManifestException when another object names one of them
     */
    PolicySet without(Set<Manifest.Key> removed) throws ManifestException {
        List<Manifest> rest = manifests.values().stream()
                .filter(manifest -> !removed.contains(manifest.key()))
                .toList();
        List<Manifest.Reference> references = rest.stream()
                .flatMap(manifest -> manifest.references().stream())
                .toList();
        var next = new PolicySet(rest);
        return checked(
                next,
                references.stream()
                        .filter(reference -> removed.contains(reference.to()))
                        .map(reference -> new ManifestProblem(
                                reference.file(),
                                reference.line(),
                                reference.column(),
                                reference.path(),
                                "names " + reference.to() + ", which is to be removed; change or remove this first"))
                        .toList());
    }

    private static PolicySet checked(PolicySet next, List<ManifestProblem> problems) throws ManifestException {
        if (!problems.isEmpty()) {
            throw new ManifestException(problems.stream()
                    .distinct()
                    .sorted(Comparator.comparing(ManifestProblem::file)
                            .thenComparingInt(ManifestProblem::line)
                            .thenComparingInt(ManifestProblem::column))
                    .toList());
        }
        return next;
    }

    private static List<ManifestProblem> dangling(List<Manifest.Reference> references, Set<Manifest.Key> known) {
        return references.stream()
                .filter(reference -> !known.contains(reference.to()))
                .map(reference -> new ManifestProblem(
                        reference.file(),
                        reference.line(),
                        reference.column(),
                        reference.path(),
                        "there is no " + reference.to() + "; allowed: "
                                + named(known, reference.to().kind())))
                .toList();
    }

    private static String named(Set<Manifest.Key> known, ManifestKind kind) {
        String names = known.stream()
                .filter(key -> key.kind() == kind)
                .map(Manifest.Key::name)
                .sorted()
                .limit(20)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none yet" : names;
    }

    /** Agents that are registered twice, owners that are agents themselves, and two ways to weigh one risk. */
    private List<ManifestProblem> clashes() {
        var byClient = new HashMap<String, Manifest.Key>();
        var problems = new ArrayList<ManifestProblem>();
        manifests.values().stream()
                .filter(manifest -> manifest.spec() instanceof Manifest.Spec.OfRisk)
                .skip(1)
                .forEach(manifest -> problems.add(
                        clash(manifest, "metadata.name", "there is another Risk already, and one says it for all")));
        for (Manifest manifest : manifests.values()) {
            if (manifest.spec() instanceof Manifest.Spec.OfAgent spec) {
                Manifest.Key other =
                        byClient.putIfAbsent(spec.agent().client().toLowerCase(Locale.ROOT), manifest.key());
                if (other != null) {
                    problems.add(clash(manifest, "spec.client", "the client is registered as " + other + " already"));
                }
            }
        }
        for (Manifest manifest : manifests.values()) {
            if (manifest.spec() instanceof Manifest.Spec.OfAgent spec
                    && byClient.containsKey(spec.agent().owner())) {
                problems.add(clash(
                        manifest,
                        "spec.owner",
                        "the owner is the agent " + byClient.get(spec.agent().owner())
                                + "; name the person who answers for both"));
            }
        }
        return problems;
    }

    private static ManifestProblem clash(Manifest manifest, String path, String message) {
        return new ManifestProblem(manifest.key().toString(), 0, 0, path, message);
    }

    boolean contains(Manifest.Key key) {
        return manifests.containsKey(key);
    }

    /** The canonical YAML of every object. */
    SortedMap<Manifest.Key, String> documents() {
        var documents = new TreeMap<Manifest.Key, String>();
        manifests.forEach((key, manifest) -> documents.put(key, manifest.canonical()));
        return documents;
    }

    /** One text with all objects, ready to be applied again. */
    String yaml() {
        return String.join("---\n", documents().values());
    }

    /** What has to change in this policy to get the other one. */
    List<DiffEntry> diff(PolicySet next) {
        var entries = new ArrayList<DiffEntry>();
        SortedMap<Manifest.Key, String> before = documents();
        SortedMap<Manifest.Key, String> after = next.documents();
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (Manifest.Key key : keys) {
            String kind = key.kind().label();
            String old = before.getOrDefault(key, "");
            String young = after.getOrDefault(key, "");
            if (old.isEmpty()) {
                entries.add(DiffEntry.created(kind, key.name(), young));
            } else if (young.isEmpty()) {
                entries.add(DiffEntry.removed(kind, key.name(), old));
            } else if (!old.equals(young)) {
                entries.add(DiffEntry.changed(kind, key.name(), old, young));
            }
        }
        return entries;
    }

    /** @param authors of the registrations of agents */
    PolicySnapshot snapshot(long version, Map<Manifest.Key, Authors> authors) {
        var targets = new HashMap<String, TargetPolicy>();
        var roles = new ArrayList<RolePolicy>();
        var guardrails = new ArrayList<Guardrail>();
        var constraints = new ArrayList<SegregationConstraint>();
        var agents = new HashMap<String, AgentRegistration>();
        var persons = new ArrayList<Set<String>>();
        RiskModel risk = RiskModel.DEFAULT;
        var eligibilities = new ArrayList<Eligibility>();
        var breakGlasses = new ArrayList<BreakGlass>();
        for (Manifest manifest : manifests.values()) {
            switch (manifest.spec()) {
                case Manifest.Spec.OfTarget spec -> targets.put(spec.target().name(), classified(spec.target()));
                case Manifest.Spec.OfRole spec -> roles.add(spec.role());
                case Manifest.Spec.OfGuardrail spec -> guardrails.add(spec.guardrail());
                case Manifest.Spec.OfConstraint spec -> constraints.add(spec.constraint());
                case Manifest.Spec.OfAgent spec -> agents.put(spec.agent().client(), authored(manifest, spec, authors));
                case Manifest.Spec.OfPerson spec -> persons.add(spec.accounts());
                case Manifest.Spec.OfRisk spec -> risk = spec.model();
                case Manifest.Spec.OfEligibility spec -> eligibilities.add(spec.eligibility());
                case Manifest.Spec.OfBreakGlass spec -> breakGlasses.add(spec.breakGlass());
                case Manifest.Spec.OfClassification spec -> {} // taken in with its target
            }
        }
        return new PolicySnapshot(
                version,
                targets,
                roles,
                guardrails,
                new Constraints(constraints, targets.values(), roles),
                new Registry(agents, persons),
                risk,
                new Exceptions(eligibilities, breakGlasses));
    }

    private static AgentRegistration authored(
            Manifest manifest, Manifest.Spec.OfAgent spec, Map<Manifest.Key, Authors> authors) {
        Authors known = authors.getOrDefault(manifest.key(), Authors.UNKNOWN);
        return spec.agent().by(known.first(), known.last());
    }

    private TargetPolicy classified(TargetPolicy target) {
        var classes = new HashMap<FieldName, Set<String>>();
        var documents = new HashSet<FieldName>();
        var detectors = new HashSet<String>();
        for (Manifest manifest : manifests.values()) {
            if (manifest.spec() instanceof Manifest.Spec.OfClassification spec
                    && spec.target().equals(target.name())) {
                spec.classes()
                        .forEach((field, names) -> classes.computeIfAbsent(field, unseen -> new HashSet<>())
                                .addAll(names));
                documents.addAll(spec.documents());
                detectors.addAll(spec.detectors());
            }
        }
        return new TargetPolicy(
                target.name(),
                target.labels(),
                target.protocol(),
                target.host(),
                target.port(),
                target.database(),
                target.tls(),
                target.credentials(),
                classes,
                documents,
                detectors,
                target.owners());
    }
}
