package org.countersign.model.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one SQL statement would do, or several together, by the target's analysed and rewritten query trees.
 *
 * @param accesses what the statement itself names; a permission has to cover each
 * @param functions signatures of functions (triggers included) that are not on the harmless list
 * @param hasPredicate false when an UPDATE or DELETE has no WHERE
 * @param outputs the result columns, in order; empty for a statement without result rows
 * @param routines every function and trigger that is not built in and would run, sorted
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
        List<UserRoutine> routines,
        String treeDigest) {
    public SqlAnalysis {
        accesses = List.copyOf(accesses);
        effects = Set.copyOf(effects);
        functions = List.copyOf(functions);
        outputs = List.copyOf(outputs);
        examined = Set.copyOf(examined);
        moved = Set.copyOf(moved);
        written = Set.copyOf(written);
        routines = List.copyOf(routines);
    }

    /** {@code signature@version} of what is not built in: another one, another command. */
    public List<String> versions() {
        return routines.stream().map(UserRoutine::versioned).toList();
    }

    /** The same under another digest. */
    public SqlAnalysis withTreeDigest(String digest) {
        return new SqlAnalysis(
                accesses, effects, functions, hasPredicate, outputs, examined, moved, written, routines, digest);
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

    /**
     * What several statements would do together: everything that one of them does. A predicate is there only if each
     * write has one; outputs follow each other as the statements do.
     */
    public static SqlAnalysis together(List<SqlAnalysis> statements) {
        return new SqlAnalysis(
                List.copyOf(union(statements, SqlAnalysis::accesses)),
                union(statements, SqlAnalysis::effects),
                List.copyOf(union(statements, SqlAnalysis::functions)),
                statements.stream().allMatch(SqlAnalysis::hasPredicate),
                statements.stream()
                        .flatMap(statement -> statement.outputs().stream())
                        .toList(),
                union(statements, SqlAnalysis::examined),
                union(statements, SqlAnalysis::moved),
                union(statements, SqlAnalysis::written),
                union(statements, SqlAnalysis::routines).stream().sorted().toList(),
                digest(statements));
    }

    private static <T> Set<T> union(List<SqlAnalysis> statements, Function<SqlAnalysis, Collection<T>> part) {
        var all = new LinkedHashSet<T>();
        statements.forEach(statement -> all.addAll(part.apply(statement)));
        return all;
    }

    /** Covers which statement has which tree: every digest has the same length, or none. */
    private static String digest(List<SqlAnalysis> statements) {
        String all = statements.stream().map(SqlAnalysis::treeDigest).collect(Collectors.joining("\n"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with other things that permissions have to cover. */
    public SqlAnalysis withAccesses(List<Access> others) {
        return new SqlAnalysis(
                others, effects, functions, hasPredicate, outputs, examined, moved, written, routines, treeDigest);
    }
}
