package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.countersign.connector.postgres.analysis.StatementKind.Explain;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what one statement would do, in rounds: the trees first, then what the catalog answers. Whatever is not
 * understood refuses the statement. Not thread-safe.
 */
public final class StatementAnalysis {
    private static final int MAX_ROUNDS = 24;
    private static final int OLDEST_MAJOR = 14;
    private static final int NEWEST_MAJOR = 18;
    private static final int MAJOR = 10_000;

    private final CatalogFacts facts = new CatalogFacts();
    private @Nullable Facts found;
    private @Nullable String refusal;
    private int rounds;

    private StatementAnalysis() {}

    /**
     * @param kind an {@link Optimizable}, or an {@link Explain} with the trees of its inner statement; others are judged
     *     without trees
     * @param analysedTree the text of the tree the server printed after parse analysis
     * @param rewrittenTree the text of the list of trees it printed after rewriting
     * @param serverVersionNum such as 150004
     * @param resultLabels the names in the server's row description; empty for a statement without rows
     */
    public static StatementAnalysis of(
            StatementKind kind,
            String analysedTree,
            String rewrittenTree,
            int serverVersionNum,
            List<String> resultLabels) {
        var analysis = new StatementAnalysis();
        analysis.guarded(() -> {
            if (!(kind instanceof Optimizable) && !(kind instanceof Explain)) {
                throw new TreeException("A " + kind.name() + " has no query tree.");
            }
            checkMajor(serverVersionNum);
            Node analysed = read(analysedTree);
            Node rewritten = read(rewrittenTree);
            String digest = TreeDigest.of(analysed, rewritten);
            analysis.found = Facts.of(
                    kind, query(analysed), queries(rewritten), serverVersionNum, resultLabels, digest, analysis.facts);
        });
        return analysis;
    }

    /** What is needed next, or the result; the same until an answer comes. */
    public Progress progress() {
        Progress[] next = new Progress[1];
        guarded(() -> {
            Facts known = found;
            if (known != null) {
                var analysis = known.resolve();
                List<CatalogQuestion> questions = facts.takeQuestions();
                next[0] = questions.isEmpty() ? new Progress.Done(analysis) : needs(questions);
            }
        });
        Progress progress = next[0];
        return refusal != null || progress == null
                ? new Progress.Refused(refusal == null ? "The statement cannot be inspected." : refusal)
                : progress;
    }

    /** @param rows the result of the question's query, each value as text */
    public void answer(CatalogQuestion question, List<List<@Nullable String>> rows) {
        guarded(() -> facts.answer(question, rows));
    }

    private Progress needs(List<CatalogQuestion> questions) throws TreeException {
        if (++rounds > MAX_ROUNDS) {
            throw new TreeException("The statement depends on too many layers of the target's catalog.");
        }
        return new Progress.Needs(questions);
    }

    /** The same node may mean something else in a version that nobody has looked at. */
    private static void checkMajor(int serverVersionNum) throws TreeException {
        int major = serverVersionNum / MAJOR;
        if (major < OLDEST_MAJOR || major > NEWEST_MAJOR) {
            throw new TreeException("The target is PostgreSQL " + major + "; this gateway understands " + OLDEST_MAJOR
                    + " to " + NEWEST_MAJOR + ".");
        }
    }

    private static Node read(String tree) throws TreeException {
        Node node;
        try {
            node = NodeReader.read(tree);
        } catch (TreeException unreadable) {
            throw new TreeException("The target's description of the statement cannot be read: "
                    + unreadable.getMessage() + ". Names with many brackets or quotes cause this.");
        }
        TreeShape.check(node);
        return node;
    }

    private static List<Struct> queries(Node rewritten) throws TreeException {
        List<Struct> queries = new ArrayList<>();
        if (rewritten instanceof Items list) {
            for (Node item : list.items()) {
                queries.add(query(item));
            }
        } else if (!(rewritten instanceof Node.Nothing)) {
            throw new TreeException("The target printed no list of rewritten queries.");
        }
        return queries;
    }

    private static Struct query(Node node) throws TreeException {
        if (node instanceof Struct struct && struct.is("QUERY")) {
            return struct;
        }
        throw new TreeException("The target printed something that is no query.");
    }

    private interface Step {
        void run() throws TreeException;
    }

    /** Everything that goes wrong refuses the statement, for good. */
    private void guarded(Step step) {
        if (refusal != null) {
            return;
        }
        try {
            step.run();
        } catch (TreeException notUnderstood) {
            refusal = notUnderstood.getMessage();
        } catch (QueryScope.NestedTooDeeplyException | StackOverflowError tooDeep) {
            refusal = "The statement is nested too deeply to be inspected.";
        }
    }
}
