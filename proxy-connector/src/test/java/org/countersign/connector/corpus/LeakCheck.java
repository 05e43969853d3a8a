package org.countersign.connector.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.command.FieldName;

/**
 * Looks for every classified value of the vault in everything a client received: in the bytes as they came, in the values
 * row by row and column by column, in names, messages and payloads; as such and in the forms of {@link Secret}.
 */
final class LeakCheck {
    private static final int SHORTEST = 8;
    private static final int FIRST_SHOWN = 6;
    private static final int LAST_SHOWN = 4;

    private static final String ROWS = "the rows";
    private static final String COLUMNS = "the columns";
    private static final String BYTES = "the values as bytes";

    /** By their text; many values have parts and forms in common. */
    private final Map<String, Needle> needles = new LinkedHashMap<>();

    private final List<byte[]> binaries = new ArrayList<>();

    /** A form of a value; only those of base64 are looked for in their very letters. */
    private record Needle(String text, String meaning, boolean cased, boolean hexadecimal) {
        /** A short form would be found by chance among the identifiers in messages, any other form among hexadecimal digits. */
        boolean lookedForIn(String place) {
            return switch (place) {
                case BYTES -> hexadecimal;
                case ROWS, COLUMNS -> true;
                default -> text.length() >= SHORTEST;
            };
        }
    }

    /** Reads the values from the target itself, past the gateway. */
    static LeakCheck over(Speaker direct) throws IOException {
        var check = new LeakCheck();
        for (FieldName field : VaultPolicy.CLASSES.keySet()) {
            String sql = "SELECT " + field.field() + " FROM " + field.container();
            for (String way : List.of("simple", "binary")) {
                direct.forget();
                direct.say(Entry.read("-- a: b\n--+ via " + way + "\n" + sql));
                for (List<String> row : direct.heard().rows()) {
                    if (way.equals("simple")) {
                        check.add(field, row.getFirst());
                    } else {
                        check.add(row.getFirst().getBytes(StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        direct.forget();
        return check;
    }

    private void add(FieldName field, String value) {
        if (field.field().equals("photo")) {
            add(Secret.of(field.toString(), HexFormat.of().parseHex(value.substring(2))));
            return;
        }
        if (field.field().equals("born")) {
            String[] parts = value.split("-");
            add(Secret.of(field.toString(), value, parts[2] + parts[1] + parts[0]));
            add(Secret.of(field.toString(), value, parts[1] + parts[2] + parts[0]));
        }
        for (String part : value.split("[{}(),\":\\[\\] ]+")) {
            String hidden = hidden(field, part);
            if (Text.alphanumeric(hidden).length() >= SHORTEST || field.field().equals("card")) {
                add(Secret.of(field.toString(), value, hidden));
            }
        }
        if (Text.alphanumeric(value).length() >= SHORTEST
                && Text.alphanumeric(value).length() <= 64) {
            add(Secret.of(field.toString(), value, hidden(field, value)));
        }
    }

    private void add(Secret secret) {
        secret.forms()
                .forEach((form, text) -> needles.putIfAbsent(
                        text,
                        new Needle(
                                text,
                                secret.name() + " " + form,
                                form.startsWith("in base64"),
                                form.startsWith("in hexadecimal"))));
    }

    /** What no mask shows: of an address all but its first letter and its domain, of a card number the middle. */
    private static String hidden(FieldName field, String value) {
        int at = value.indexOf('@');
        if (at > 0) {
            return value.substring(1, at);
        }
        return field.field().equals("card") ? value.substring(FIRST_SHOWN, value.length() - LAST_SHOWN) : value;
    }

    /** In the binary format, with its length before it where it is short. */
    private void add(byte[] value) {
        if (value.length >= SHORTEST) {
            binaries.add(value);
        } else {
            byte[] framed = new byte[Integer.BYTES + value.length];
            framed[Integer.BYTES - 1] = (byte) value.length;
            System.arraycopy(value, 0, framed, Integer.BYTES, value.length);
            binaries.add(framed);
        }
    }

    /** What was found, in words. */
    Optional<String> find(Answers answers) {
        String latin = new String(answers.bytes(), StandardCharsets.ISO_8859_1);
        for (byte[] binary : binaries) {
            if (latin.contains(new String(binary, StandardCharsets.ISO_8859_1))) {
                return Optional.of("a value in binary: " + Arrays.toString(binary));
            }
        }
        Map<String, String> places = Map.of(
                "the bytes",
                Text.alphanumeric(latin),
                ROWS,
                Text.alphanumeric(String.join("", answers.rowLines())),
                COLUMNS,
                Text.alphanumeric(byColumn(answers.rows())),
                "the messages",
                Text.alphanumeric(String.join("", answers.words())),
                BYTES,
                HexFormat.of().formatHex(values(answers)));
        for (var place : places.entrySet()) {
            String lower = place.getValue().toLowerCase(Locale.ROOT);
            for (Needle needle : needles.values()) {
                if (needle.lookedForIn(place.getKey())
                        && (needle.cased() ? place.getValue() : lower).contains(needle.text())) {
                    return Optional.of(needle.meaning() + " in " + place.getKey() + ": " + needle.text());
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] values(Answers answers) {
        var all = new StringBuilder();
        answers.rows().forEach(row -> row.forEach(all::append));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String byColumn(List<List<String>> rows) {
        var text = new StringBuilder();
        int widest = rows.stream().mapToInt(List::size).max().orElse(0);
        for (int column = 0; column < widest; column++) {
            for (List<String> row : rows) {
                text.append(column < row.size() ? row.get(column) : "");
            }
        }
        return text.toString();
    }
}
