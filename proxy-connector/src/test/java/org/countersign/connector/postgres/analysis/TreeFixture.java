package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement with the trees a real server printed for it and the answers its catalog gave: a target on paper.
 *
 * @param answers by kind and parameter of the question
 */
record TreeFixture(
        String sql,
        List<String> labels,
        String analysed,
        String rewritten,
        int version,
        Map<String, List<List<@Nullable String>>> answers) {

    static TreeFixture read(int major, String name) {
        return of(major, Corpus.text("trees/" + major + "/" + name + ".txt")).orElseThrow();
    }

    /** Empty for a text that is no fixture. */
    static Optional<TreeFixture> of(int major, String text) {
        String[] parts = text.split("(?m)^== ");
        String[] head = parts[0].split("\n", -1);
        Map<String, String> bodies = new HashMap<>();
        Map<String, List<List<@Nullable String>>> answers = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] titled = parts[i].split("\n", 2);
            String body = titled.length == 2 ? titled[1] : "";
            bodies.put(titled[0], body);
            answers.put(titled[0], rows(body));
        }
        String analysed = bodies.get("analysed");
        String rewritten = bodies.get("rewritten");
        if (head.length < 2 || analysed == null || rewritten == null) {
            return Optional.empty();
        }
        List<String> labels = head[1].isEmpty() ? List.of() : List.of(head[1].split("\t"));
        return Optional.of(new TreeFixture(head[0], labels, analysed, rewritten, major * 10_000, answers));
    }

    StatementAnalysis analysis() throws LexException {
        return StatementAnalysis.of(StatementKind.of(SqlLexer.split(sql).get(0)), analysed, rewritten, version, labels);
    }

    /** Asks until there is a result. */
    Progress outcome() throws LexException {
        StatementAnalysis analysis = analysis();
        Progress progress = analysis.progress();
        while (progress instanceof Progress.Needs needs) {
            for (CatalogQuestion question : needs.questions()) {
                analysis.answer(question, answer(question));
            }
            progress = analysis.progress();
        }
        return progress;
    }

    /** Whatever was asked together when it was recorded. */
    private List<List<@Nullable String>> answer(CatalogQuestion question) {
        Set<String> asked = oids(question.parameter());
        Set<String> known = new HashSet<>();
        Set<List<@Nullable String>> rows = new LinkedHashSet<>();
        answers.forEach((key, recorded) -> {
            String[] words = key.split(" ");
            if (words[0].equals(question.kind().name())) {
                known.addAll(oids(words[1]));
                recorded.stream().filter(row -> asked.contains(row.get(0))).forEach(rows::add);
            }
        });
        if (!known.containsAll(asked)) {
            throw new IllegalStateException("the fixture has no answer for " + question);
        }
        return List.copyOf(rows);
    }

    private static Set<String> oids(String array) {
        return Set.of(array.substring(1, array.length() - 1).split(","));
    }

    private static List<List<@Nullable String>> rows(String body) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String line : body.split("\n")) {
            if (!line.isEmpty()) {
                List<@Nullable String> row = new ArrayList<>();
                Arrays.stream(line.split("\t", -1)).forEach(value -> row.add(unescaped(value)));
                rows.add(row);
            }
        }
        return rows;
    }

    private static @Nullable String unescaped(String value) {
        if (value.equals("\\N")) {
            return null;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i) == 'n' ? '\n' : value.charAt(i) == 't' ? '\t' : value.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
