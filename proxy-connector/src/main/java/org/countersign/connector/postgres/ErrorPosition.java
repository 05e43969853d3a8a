package org.countersign.connector.postgres;

import org.countersign.wire.postgres.Diagnostic;

/** Where in the client's text an error is, when the target saw only a part of it. */
final class ErrorPosition {
    private ErrorPosition() {}

    /** @param from only places at least so far behind are elsewhere in the client's text */
    static Diagnostic shifted(Diagnostic diagnostic, int from, int characters) {
        String position = diagnostic.field(Diagnostic.POSITION).orElse("");
        return position.matches("[0-9]{1,9}") && Integer.parseInt(position) > from
                ? shifted(diagnostic, characters)
                : diagnostic;
    }

    /** @param characters before the part that the target saw */
    static Diagnostic shifted(Diagnostic diagnostic, int characters) {
        String position = diagnostic.field(Diagnostic.POSITION).orElse("");
        if (characters == 0 || !position.matches("[0-9]{1,9}")) {
            return diagnostic;
        }
        return diagnostic.with(Diagnostic.POSITION, Integer.toString(Integer.parseInt(position) + characters));
    }
}
