package org.countersign.core.effect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.countersign.core.effect.EffectView.Rights;
import org.countersign.core.effect.EffectView.Shift;
import org.countersign.core.segregation.ConflictReport;

/** An effect in sentences, the gravest first. */
final class EffectWords {
    private static final int MAX_NAMES = 5;
    private static final int MAX_CONSTRAINTS = 20;
    private static final Map<String, String> PAST =
            Map.of("allow", "allowed without a person", "hold", "held for approval", "deny", "denied");

    private EffectWords() {}

    /** @param conflicts what the constraints of the change find */
    static List<String> of(List<Rights> rights, List<Shift> shifts, long commands, List<ConflictReport> conflicts) {
        var sentences = new ArrayList<String>();
        counted(rights, false).forEach((right, who) -> sentences.add(who.words() + " " + right));
        counted(rights, true).forEach((right, who) -> sentences.add(who.words() + " " + right));
        var byOutcome = new HashMap<String, Long>();
        shifts.forEach(shift -> byOutcome.merge(shift.after(), shift.count(), Long::sum));
        for (String after : List.of("deny", "hold", "allow")) {
            long count = byOutcome.getOrDefault(after, 0L);
            if (count > 0) {
                sentences.add(count + (count == 1 ? " command" : " commands") + " would now be " + PAST.get(after));
            }
        }
        if (shifts.isEmpty()) {
            sentences.add("None of the " + commands + " commands would get another verdict");
        }
        sentences.addAll(found(conflicts));
        return sentences;
    }

    /** What a session did before is no part of the verdicts above, so what a constraint finds is said beside them. */
    private static List<String> found(List<ConflictReport> conflicts) {
        List<String> concerning = conflicts.stream()
                .filter(report ->
                        !report.violations().isEmpty() || !report.possible().isEmpty() || !report.complete())
                .sorted(Comparator.comparing(report -> report.violations().isEmpty()))
                .map(EffectWords::found)
                .toList();
        var sentences =
                new ArrayList<>(concerning.stream().limit(MAX_CONSTRAINTS).toList());
        if (concerning.size() > MAX_CONSTRAINTS) {
            sentences.add((concerning.size() - MAX_CONSTRAINTS)
                    + " more of its constraints concern somebody: try them under Segregation");
        }
        int others = conflicts.size() - concerning.size();
        if (others > 0) {
            sentences.add(others + (others == 1 ? " constraint" : " constraints")
                    + " of the change: nobody is in conflict with it now, and nobody is near to it");
        }
        return sentences;
    }

    private static String found(ConflictReport report) {
        return report.constraint().name() + ": "
                + (report.violations().isEmpty()
                        ? "nobody is in conflict with it now"
                        : "in conflict with it now " + people(report.violations()))
                + (report.possible().isEmpty() ? "" : "; could come into conflict " + people(report.possible()))
                + (report.complete() ? "" : "; there may be more");
    }

    private static String people(List<ConflictReport.Finding> findings) {
        List<String> names = findings.stream()
                .map(ConflictReport.Finding::who)
                .distinct()
                .sorted()
                .toList();
        String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining("; "));
        return names.size() + " (" + shown + (names.size() > MAX_NAMES ? "; …" : "") + ")";
    }

    /** How many agents and persons, and whether they gain. */
    private record Who(long agents, long persons, boolean gain) {
        String words() {
            String those = agents == 0
                    ? many(persons, "person")
                    : persons == 0 ? many(agents, "agent") : many(agents, "agent") + " and " + many(persons, "person");
            return those + (agents + persons == 1 ? (gain ? " gains" : " loses") : gain ? " gain" : " lose");
        }

        private static String many(long count, String noun) {
            return count + " " + noun + (count == 1 ? "" : "s");
        }
    }

    private static Map<String, Who> counted(List<Rights> rights, boolean gain) {
        var counted = new TreeMap<String, Who>();
        for (Rights each : rights) {
            for (String right : gain ? each.gains() : each.loses()) {
                counted.merge(
                        right,
                        new Who(each.agent() ? 1 : 0, each.agent() ? 0 : 1, gain),
                        (a, b) -> new Who(a.agents() + b.agents(), a.persons() + b.persons(), gain));
            }
        }
        return counted;
    }
}
