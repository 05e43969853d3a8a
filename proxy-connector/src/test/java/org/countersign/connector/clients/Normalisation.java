package org.countersign.connector.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes out of a line what no two connections to one server share either. */
final class Normalisation {
    private static final String NOT_COMPARED = "<not compared>";

    private final List<Rule> rules;

    private record Rule(Pattern pattern, String replacement) {}

    private Normalisation(List<Rule> rules) {
        this.rules = rules;
    }

    /** Reads {@code normalised.txt}: a reason behind {@code #}, the pattern, its replacement, an empty line. */
    static Normalisation standard() {
        List<String> lines = Resources.lines("normalised.txt").stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        var rules = new ArrayList<Rule>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            rules.add(new Rule(Pattern.compile(lines.get(i)), lines.get(i + 1)));
        }
        return new Normalisation(rules);
    }

    /** The line as it is compared; empty when it is not. */
    Optional<String> apply(String line) {
        String normalised = line;
        for (Rule rule : rules) {
            normalised = rule.pattern.matcher(normalised).replaceAll(rule.replacement);
        }
        return normalised.contains(NOT_COMPARED) ? Optional.empty() : Optional.of(normalised);
    }
}
