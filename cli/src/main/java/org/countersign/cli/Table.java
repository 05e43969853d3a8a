package org.countersign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, columns as wide as their widest cell. */
final class Table {
    private static final int MAX_CELL = 60;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(headings);
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::cell).toArray(String[]::new));
    }

    void print(PrintWriter out, boolean more) {
        if (rows.size() == 1) {
            out.println("none");
            return;
        }
        int[] widths = new int[rows.getFirst().length];
        rows.forEach(row -> Arrays.setAll(widths, column -> Math.max(widths[column], row[column].length())));
        for (String[] row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                line.append(row[column]).repeat(' ', widths[column] - row[column].length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
        if (more) {
            out.println("… and more; see --limit");
        }
    }

    private static String cell(String text) {
        String visible = Visible.line(text);
        return visible.length() <= MAX_CELL ? visible : visible.substring(0, MAX_CELL - 1) + "…";
    }
}
