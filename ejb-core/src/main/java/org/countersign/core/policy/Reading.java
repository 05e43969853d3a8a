package org.countersign.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.countersign.model.policy.SegregationConstraint;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is found while one set of manifests is read: problems, objects, and the places where they name each other. */
final class Reading {
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Manifest.Reference> references = new ArrayList<>();
    private final Map<Manifest.Key, String> declared = new HashMap<>();
    private String file = "";

    void file(String name) {
        file = name;
    }

    void problem(Node node, String path, String message) {
        problem(node.getStartMark().orElse(null), path, message);
    }

    void problem(@Nullable Mark mark, String path, String message) {
        problems.add(new ManifestProblem(
                file, mark == null ? 0 : mark.getLine() + 1, mark == null ? 0 : mark.getColumn() + 1, path, message));
    }

    void problem(int line, int column, String path, String message) {
        problems.add(new ManifestProblem(file, line, column, path, message));
    }

    void reference(Node node, String path, ManifestKind kind, String name) {
        Mark mark = node.getStartMark().orElse(null);
        references.add(new Manifest.Reference(
                new Manifest.Key(kind, name),
                file,
                mark == null ? 0 : mark.getLine() + 1,
                mark == null ? 0 : mark.getColumn() + 1,
                path));
    }

    /** Notes that an object exists, even if it has problems; a second one of the same name is one. */
    void declare(Manifest.Key key, Node node) {
        String here =
                file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        String first = declared.putIfAbsent(key, here);
        if (first != null) {
            problem(node, "metadata.name", key + " was already given at " + first);
        }
    }

    void found(Manifest manifest) {
        manifests.add(manifest);
    }

    int problemCount() {
        return problems.size();
    }

    int referenceCount() {
        return references.size();
    }

    List<Manifest.Reference> referencesSince(int count) {
        return List.copyOf(references.subList(count, references.size()));
    }

    List<ManifestProblem> problems() {
        return problems;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    /** The constraints among the manifests. */
    List<SegregationConstraint> constraints() {
        return manifests.stream()
                .flatMap(manifest -> manifest.spec() instanceof Manifest.Spec.OfConstraint(var constraint)
                        ? Stream.of(constraint)
                        : Stream.empty())
                .toList();
    }

    List<Manifest.Reference> references() {
        return references;
    }

    Map<Manifest.Key, String> declared() {
        return declared;
    }
}
