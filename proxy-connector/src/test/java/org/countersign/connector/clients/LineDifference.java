package org.countersign.connector.clients;

import java.util.ArrayList;
import java.util.List;

/** The lines that only one of two texts has: {@code - } for the first, {@code + } for the second. */
public final class LineDifference {
    private LineDifference() {}

    public static List<String> between(List<String> first, List<String> second) {
        int head = 0;
        while (head < Math.min(first.size(), second.size()) && first.get(head).equals(second.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(first.size(), second.size()) - head
                && first.get(first.size() - 1 - tail).equals(second.get(second.size() - 1 - tail))) {
            tail++;
        }
        return between(
                first.subList(head, first.size() - tail).toArray(new String[0]),
                second.subList(head, second.size() - tail).toArray(new String[0]));
    }

    /** The longest common subsequence by the book; what is left after equal ends is short. */
    private static List<String> between(String[] first, String[] second) {
        int[][] common = new int[first.length + 1][second.length + 1];
        for (int i = first.length - 1; i >= 0; i--) {
            for (int j = second.length - 1; j >= 0; j--) {
                common[i][j] = first[i].equals(second[j])
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var lines = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < first.length || j < second.length) {
            if (i < first.length && j < second.length && first[i].equals(second[j])) {
                i++;
                j++;
            } else if (i < first.length && (j == second.length || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + first[i++]);
            } else {
                lines.add("+ " + second[j++]);
            }
        }
        return lines;
    }
}
