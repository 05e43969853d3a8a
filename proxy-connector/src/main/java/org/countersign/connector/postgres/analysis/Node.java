package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node of PostgreSQL's node text. */
sealed interface Node {
    /** {@code <>} */
    record Nothing() implements Node {}

    /** A number, a truth value, a name: everything without structure. */
    record Atom(String text) implements Node {}

    /** A list of nodes. */
    record Items(List<Node> items) implements Node {}

    /** {@code (b 8 9)}, {@code (o 23 25)}, {@code (i 1 2)}. */
    record Numbers(char kind, List<Long> values) implements Node {}

    /** The bytes of a constant. */
    record Datum(String bytes) implements Node {}

    /** {@code {NAME :field value …}}. Identity, not content, tells two of them apart. */
    final class Struct implements Node {
        private final String name;
        private final Map<String, Node> fields;

        Struct(String name, Map<String, Node> fields) {
            this.name = name;
            this.fields = fields;
        }

        String name() {
            return name;
        }

        Map<String, Node> fields() {
            return fields;
        }

        boolean is(String wanted) {
            return name.equals(wanted);
        }

        boolean has(String field) {
            return fields.containsKey(field);
        }

        /** The field's node; a field this version of the server does not print is nothing. */
        Node field(String field) {
            return fields.getOrDefault(field, NodeReader.NOTHING);
        }

        String text(String field) throws TreeException {
            if (fields.get(field) instanceof Atom atom) {
                return atom.text();
            }
            throw new TreeException(name + " has no value for " + field);
        }

        String textOr(String field, String absent) {
            return fields.get(field) instanceof Atom atom ? atom.text() : absent;
        }

        long number(String field) throws TreeException {
            try {
                return Long.parseLong(text(field));
            } catch (NumberFormatException notANumber) {
                throw new TreeException(name + " has no number for " + field);
            }
        }

        boolean truth(String field) throws TreeException {
            return switch (text(field)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new TreeException(name + " has no truth value for " + field);
            };
        }

        boolean truthOr(String field, boolean absent) throws TreeException {
            return has(field) ? truth(field) : absent;
        }

        /** The structure in this field, or null when there is none. */
        @Nullable
        Struct struct(String field) throws TreeException {
            return switch (field(field)) {
                case Struct struct -> struct;
                case Nothing nothing -> null;
                default -> throw new TreeException(name + " has no structure for " + field);
            };
        }

        List<Node> items(String field) throws TreeException {
            return switch (field(field)) {
                case Items list -> list.items();
                case Nothing nothing -> List.of();
                default -> throw new TreeException(name + " has no list for " + field);
            };
        }

        List<Long> numbers(String field) throws TreeException {
            return switch (field(field)) {
                case Numbers list -> list.values();
                case Nothing nothing -> List.of();
                default -> throw new TreeException(name + " has no numbers for " + field);
            };
        }

        @Override
        public String toString() {
            return "{" + name + "}";
        }
    }
}
