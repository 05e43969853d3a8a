package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.countersign.connector.postgres.analysis.CatalogQuestion;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the target's catalog while a statement was analysed, and what the answers were. An analysis rests on
 * the trees and on these, on nothing else: where both are the same again, so is what the statement does.
 *
 * @param digest of the answers, in whatever order the rows came
 */
record CatalogAnswers(List<CatalogQuestion> questions, String digest) {
    static final CatalogAnswers NONE = new CatalogAnswers(List.of(), "");

    CatalogAnswers {
        questions = List.copyOf(questions);
    }

    /** @param answers the rows of each question, all of them asked */
    static CatalogAnswers of(Map<CatalogQuestion, List<List<@Nullable String>>> answers) {
        var questions = List.copyOf(answers.keySet());
        return answers.isEmpty() ? NONE : new CatalogAnswers(questions, digest(questions, answers));
    }

    /** Whether types of the user's are among them: their checks may be changed without any tree being printed. */
    boolean types() {
        return questions.stream().anyMatch(question -> question.kind() == CatalogQuestion.Kind.TYPES);
    }

    /** Whether the same answers came again. */
    boolean are(Map<CatalogQuestion, List<List<@Nullable String>>> answers) {
        return answers.keySet().containsAll(questions) && digest.equals(digest(questions, answers));
    }

    private static String digest(
            Collection<CatalogQuestion> questions, Map<CatalogQuestion, List<List<@Nullable String>>> answers) {
        if (questions.isEmpty()) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (CatalogQuestion question : questions) {
                var rows = new ArrayList<String>();
                answers.getOrDefault(question, List.of()).forEach(row -> rows.add(text(row)));
                rows.sort(null);
                digest.update((question + "=" + rows.size() + rows).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No two rows have the same text. */
    private static String text(List<@Nullable String> row) {
        var text = new StringBuilder();
        for (@Nullable String value : row) {
            text.append(value == null ? "-" : value.length() + ":" + value);
        }
        return text.toString();
    }
}
