package org.countersign.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML texts into manifests and finds everything that is wrong with each of them by itself. */
final class ManifestReader {
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 24;
    private static final int MAX_DOCUMENTS = 2_000;
    private static final String VERSION = "countersign/v1";
    private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

    private final Map<ManifestKind, SpecReader> kinds;

    ManifestReader(ConditionCompiler conditions) {
        this.kinds = Map.of(
                ManifestKind.TARGET, new TargetReader(),
                ManifestKind.CLASSIFICATION, new ClassificationReader(),
                ManifestKind.ROLE, new RoleReader(),
                ManifestKind.GUARDRAIL, new GuardrailReader(conditions),
                ManifestKind.SEGREGATION_CONSTRAINT, new ConstraintReader(),
                ManifestKind.AGENT, new AgentReader(),
                ManifestKind.PERSON, new PersonReader(),
                ManifestKind.RISK, new RiskReader(),
                ManifestKind.ELIGIBILITY, new EligibilityReader(),
                ManifestKind.BREAK_GLASS, new BreakGlassReader());
    }

    /** References between objects are not looked at: they are a matter of the whole policy. */
    Reading read(List<ManifestSource> sources) {
        var reading = new Reading();
        for (ManifestSource source : sources) {
            reading.file(source.file());
            for (Node document : documents(source.yaml(), reading)) {
                manifest(new Value(document, "", reading), reading);
            }
        }
        return reading;
    }

    private List<Node> documents(String yaml, Reading reading) {
        var documents = new ArrayList<Node>();
        if (yaml.length() > MAX_CHARACTERS) {
            reading.problem(0, 0, "", "has " + yaml.length() + " characters, limit " + MAX_CHARACTERS);
            return documents;
        }
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        try {
            if (bounded(new Parse(settings).parseString(yaml), reading)) {
                for (Node document : new Compose(settings).composeAllFromString(yaml)) {
                    if (!empty(document)) {
                        documents.add(document);
                    }
                }
            }
        } catch (MarkedYamlEngineException e) {
            reading.problem(e.getProblemMark().or(e::getContextMark).orElse(null), "", "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            reading.problem(0, 0, "", "not YAML");
        }
        return documents;
    }

    /** The composer is recursive and follows aliases: what could hurt it never reaches it. */
    private static boolean bounded(Iterable<Event> events, Reading reading) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            documents += event.getEventId() == Event.ID.DocumentStart ? 1 : 0;
            String problem = depth > MAX_DEPTH
                    ? "nested deeper than " + MAX_DEPTH + " levels"
                    : documents > MAX_DOCUMENTS
                            ? "more than " + MAX_DOCUMENTS + " documents"
                            : event instanceof AliasEvent ? "aliases are not allowed; write the value again" : "";
            if (!problem.isEmpty()) {
                reading.problem(event.getStartMark().orElse(null), "", problem);
                return false;
            }
        }
        return true;
    }

    private static boolean empty(Node document) {
        return document instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private void manifest(Value document, Reading reading) {
        int problemsBefore = reading.problemCount();
        int referencesBefore = reading.referenceCount();
        if (!(document.node() instanceof MappingNode mapping)) {
            document.problem("expected a manifest with the keys apiVersion, kind, metadata and spec");
            return;
        }
        Fields fields = document.fields("apiVersion", "kind", "metadata", "spec");
        fields.required("apiVersion", value -> value.choice(List.of(VERSION)), "");
        Optional<ManifestKind> kind =
                ManifestKind.of(fields.required("kind", value -> value.choice(ManifestKind.labels()), ""));
        Optional<Value> metadata = fields.required("metadata", Optional::of, Optional.empty());
        Optional<Value> spec = fields.required("spec", Optional::of, Optional.empty());
        if (kind.isEmpty() || metadata.isEmpty() || spec.isEmpty()) {
            return;
        }
        Fields named = kind.get() == ManifestKind.TARGET
                ? metadata.get().fields("name", "labels")
                : metadata.get().fields("name");
        String name = named.required("name", ManifestReader::name, "");
        var key = new Manifest.Key(kind.get(), name);
        if (!name.isEmpty()) {
            reading.declare(key, mapping);
        }
        Supplier<Manifest.Spec> made =
                Objects.requireNonNull(kinds.get(kind.get())).read(name, named, spec.get());
        if (reading.problemCount() == problemsBefore) {
            reading.found(new Manifest(
                    key, made.get(), CanonicalYaml.of(mapping), reading.referencesSince(referencesBefore)));
        }
    }

    private static String name(Value value) {
        return value.matching(NAME, "a name of lower-case letters, digits, dots and dashes, at most 63 characters");
    }
}
