package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.countersign.connector.postgres.analysis.CatalogQuestion.Kind;
import org.countersign.model.command.Volatility;
import org.jspecify.annotations.Nullable;

/** What the catalog has answered so far, and what is still to be asked. */
final class CatalogFacts {
    /** @param supports functions of its indexes' and partitions' operator classes that are not plain compiled code */
    record Relation(String schema, String name, char kind, Set<Long> supports) {}

    record Attribute(String name, @Nullable String generation) {}

    /**
     * @param defaults expressions of its default arguments
     * @param parts functions of the user's that an aggregate is made of
     */
    record Function(
            String signature,
            String version,
            Volatility volatility,
            boolean definer,
            Optional<String> defaults,
            Set<Long> parts) {}

    /** @param supports functions of its operator classes that are not plain compiled code */
    record Operator(long function, Set<Long> supports) {}

    /**
     * What handling values of a type runs of the user's code.
     *
     * @param callee an expression when it {@link #CHECKS}, otherwise a function
     */
    record TypeCall(String does, String callee) {
        static final String CHECKS = "checks";
        static final String READS = "reads";
        static final String COMPARES = "compares";
        /** As json. */
        static final String PRINTS = "prints";
    }

    /**
     * @param events bits of a trigger as the catalog has them
     * @param rowsMove whether an update may delete here and insert there
     */
    record Effect(String kind, long number, String text, String version, long events, boolean rowsMove) {}

    private final Map<Kind, Set<Long>> answered = new EnumMap<>(Kind.class);
    private final Map<Kind, Set<Long>> missing = new EnumMap<>(Kind.class);
    private final Map<Long, Relation> relations = new HashMap<>();
    private final Map<Long, Map<Integer, Attribute>> attributes = new HashMap<>();
    private final Map<Long, Set<Long>> relatives = new HashMap<>();
    private final Map<Long, String> definitions = new HashMap<>();
    private final Map<Long, Function> functions = new HashMap<>();
    private final Map<Long, Operator> operators = new HashMap<>();
    private final Map<Long, List<Effect>> effects = new HashMap<>();
    private final Map<Long, List<TypeCall>> typeCalls = new HashMap<>();

    /** Whether all of these were answered; those that were not are asked in the next round. */
    boolean known(Kind kind, Collection<Long> oids) {
        Set<Long> open = new HashSet<>(oids);
        open.removeAll(answered.getOrDefault(kind, Set.of()));
        if (!open.isEmpty()) {
            missing.computeIfAbsent(kind, key -> new HashSet<>()).addAll(open);
        }
        return open.isEmpty();
    }

    boolean known(Kind kind, long oid) {
        return known(kind, Set.of(oid));
    }

    List<CatalogQuestion> takeQuestions() {
        List<CatalogQuestion> questions = new ArrayList<>();
        missing.forEach((kind, oids) -> questions.add(CatalogQuestion.about(kind, oids)));
        missing.clear();
        return questions;
    }

    void answer(CatalogQuestion question, List<List<@Nullable String>> rows) throws TreeException {
        String list = question.parameter();
        Set<Long> asked = answered.computeIfAbsent(question.kind(), key -> new HashSet<>());
        for (String oid : list.substring(1, list.length() - 1).split(",")) {
            asked.add(Long.valueOf(oid));
        }
        for (List<@Nullable String> row : rows) {
            add(question.kind(), new Row(row));
        }
    }

    private void add(Kind kind, Row row) throws TreeException {
        switch (kind) {
            case RELATIONS ->
                relations.put(
                        row.number(0),
                        new Relation(row.text(1), row.text(2) + "." + row.text(3), row.letter(4), row.numbers(5)));
            case ATTRIBUTES ->
                attributes
                        .computeIfAbsent(row.number(0), key -> new TreeMap<>())
                        .put((int) row.number(1), new Attribute(row.text(2), row.textOrNull(3)));
            case INHERITANCE ->
                relatives.computeIfAbsent(row.number(0), key -> new HashSet<>()).add(row.number(1));
            case DEFINITIONS -> definitions.put(row.number(0), row.text(1));
            case FUNCTIONS ->
                functions.put(
                        row.number(0),
                        new Function(
                                row.text(1),
                                row.text(2),
                                volatility(row.letter(3)),
                                row.truth(4),
                                Optional.ofNullable(row.textOrNull(5)),
                                row.numbers(6)));
            case OPERATORS -> operators.put(row.number(0), new Operator(row.number(1), row.numbers(2)));
            case TYPES ->
                typeCalls
                        .computeIfAbsent(row.number(0), key -> new ArrayList<>())
                        .add(new TypeCall(row.text(1), row.text(2)));
            case EFFECTS ->
                effects.computeIfAbsent(row.number(0), key -> new ArrayList<>())
                        .add(new Effect(
                                row.text(1),
                                row.numberOr(2, 0),
                                row.textOr(3),
                                row.textOr(4),
                                row.numberOr(5, 0),
                                row.textOr(6).equals(Row.TRUE)));
        }
    }

    Relation relation(long oid) throws TreeException {
        return existing(relations.get(oid));
    }

    Map<Integer, Attribute> attributes(long relation) {
        return attributes.getOrDefault(relation, Map.of());
    }

    Set<Long> relatives(long relation) {
        return relatives.getOrDefault(relation, Set.of());
    }

    String definition(long relation) throws TreeException {
        return existing(definitions.get(relation));
    }

    Function function(long oid) throws TreeException {
        return existing(functions.get(oid));
    }

    Operator operator(long oid) throws TreeException {
        return existing(operators.get(oid));
    }

    List<Effect> effects(long relation) {
        return effects.getOrDefault(relation, List.of());
    }

    List<TypeCall> typeCalls(long type) {
        return typeCalls.getOrDefault(type, List.of());
    }

    /** The numbers of an array as the catalog prints it: {@code {1,2}}. */
    static Set<Long> numbers(String array) throws TreeException {
        Set<Long> numbers = new HashSet<>();
        for (String number : array.replace("{", "").replace("}", "").split(",")) {
            if (!number.isEmpty()) {
                numbers.add(number(number));
            }
        }
        return numbers;
    }

    private static long number(String text) throws TreeException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new TreeException("The target's catalog answered something that is no number.");
        }
    }

    private static Volatility volatility(char letter) throws TreeException {
        return switch (letter) {
            case 'i' -> Volatility.IMMUTABLE;
            case 's' -> Volatility.STABLE;
            case 'v' -> Volatility.VOLATILE;
            default -> throw new TreeException("The target's catalog answered an unknown volatility.");
        };
    }

    private static <T> T existing(@Nullable T fact) throws TreeException {
        if (fact == null) {
            throw new TreeException("The statement uses something that the target's catalog does not have.");
        }
        return fact;
    }

    /** One row of an answer. */
    private record Row(List<@Nullable String> values) {
        private static final String TRUE = "true";

        boolean truth(int column) throws TreeException {
            return text(column).equals(TRUE);
        }

        Set<Long> numbers(int column) throws TreeException {
            return CatalogFacts.numbers(textOr(column));
        }

        String text(int column) throws TreeException {
            return existing(textOrNull(column));
        }

        @Nullable
        String textOrNull(int column) throws TreeException {
            if (column >= values.size()) {
                throw new TreeException("The target's catalog answered too few columns.");
            }
            return values.get(column);
        }

        String textOr(int column) throws TreeException {
            String text = textOrNull(column);
            return text == null ? "" : text;
        }

        char letter(int column) throws TreeException {
            String text = text(column);
            if (text.length() != 1) {
                throw new TreeException("The target's catalog answered something that is no letter.");
            }
            return text.charAt(0);
        }

        long number(int column) throws TreeException {
            return CatalogFacts.number(text(column));
        }

        long numberOr(int column, long absent) throws TreeException {
            return textOrNull(column) == null ? absent : number(column);
        }
    }
}
