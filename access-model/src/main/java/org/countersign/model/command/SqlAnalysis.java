package org.countersign.model.command;

import java.util.List;
import java.util.Set;

/**
 * What one SQL statement would do, by the target's analysed and rewritten query trees.
 *
 * @param accesses what the statement itself names; a permission has to cover each
 * @param functions signatures of functions (triggers included) that are not on the harmless list
 * @param hasPredicate false when an UPDATE or DELETE has no WHERE
 * @param outputs the result columns, in order; empty for a statement without result rows
 * @param versions {@code signature@xmin} of every function and trigger that is not built in, sorted
 * @param treeDigest lower-case hex SHA-256 of the normalised trees; empty for a utility statement
 */
public record SqlAnalysis(
        List<Access> accesses,
        Set<Effect> effects,
        List<String> functions,
        boolean hasPredicate,
        List<OutputField> outputs,
        Set<FieldName> examined,
        Set<FieldName> moved,
        Set<FieldName> written,
        List<String> versions,
        String treeDigest) {
    public SqlAnalysis {
        accesses = List.copyOf(accesses);
        effects = Set.copyOf(effects);
        functions = List.copyOf(functions);
        outputs = List.copyOf(outputs);
        examined = Set.copyOf(examined);
        moved = Set.copyOf(moved);
        written = Set.copyOf(written);
        versions = List.copyOf(versions);
    }

    /** The same under another digest. */
    public SqlAnalysis withTreeDigest(String digest) {
        return new SqlAnalysis(
                accesses, effects, functions, hasPredicate, outputs, examined, moved, written, versions, digest);
    }

    /** A statement without resources: transaction control and harmless settings. */
    public static SqlAnalysis harmless() {
        return utility(List.of(), Set.of());
    }

    /** A statement that is judged by its kind alone. */
    public static SqlAnalysis utility(List<Access> accesses, Set<Effect> effects) {
        return new SqlAnalysis(
                accesses, effects, List.of(), true, List.of(), Set.of(), Set.of(), Set.of(), List.of(), "");
    }
}
