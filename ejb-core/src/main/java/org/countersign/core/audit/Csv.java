package org.countersign.core.audit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of comma-separated values as RFC 4180 has them. */
final class Csv {
    /** The last four are the same as the first, as wide as a Chinese character. */
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

    private static final String CONTROL = "\t\r\n";

    private Csv() {}

    static String line(String... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** A spreadsheet runs what begins like a formula: an apostrophe keeps it a text. */
    private static String cell(String text) {
        String begin = text.stripLeading();
        boolean runs = !text.isEmpty()
                && (CONTROL.indexOf(text.charAt(0)) >= 0 || !begin.isEmpty() && FORMULA.indexOf(begin.charAt(0)) >= 0);
        String safe = runs ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
