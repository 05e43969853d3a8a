package org.countersign.portal.policy;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line: the longest common subsequence stays. */
final class LineDiff {
    /** Beyond so many pairs of lines the texts are shown one after the other. */
    private static final int MAX_CELLS = 4_000_000;

    private LineDiff() {}

    /** What happened to a line. */
    enum Change {
        KEPT,
        ADDED,
        REMOVED
    }

    record Line(Change change, String text) {}

    static List<Line> between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        var lines = new ArrayList<Line>();
        if ((long) old.size() * now.size() > MAX_CELLS) {
            old.forEach(line -> lines.add(new Line(Change.REMOVED, line)));
            now.forEach(line -> lines.add(new Line(Change.ADDED, line)));
            return List.copyOf(lines);
        }
        int[][] common = common(old, now);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(Change.KEPT, old.get(i)));
                i++;
                j++;
            } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Change.REMOVED, old.get(i++)));
            } else {
                lines.add(new Line(Change.ADDED, now.get(j++)));
            }
        }
        return List.copyOf(lines);
    }

    /** Length of the longest common subsequence of the rests from each pair of lines on. */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
