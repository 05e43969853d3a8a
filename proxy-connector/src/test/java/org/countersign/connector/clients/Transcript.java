package org.countersign.connector.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a client saw, by operation and in order, without what differs from run to run. */
record Transcript(Map<String, List<String>> operations) {
    private static final String HEAD = "== ";

    static Transcript of(String text, Normalisation normalisation) {
        var operations = new LinkedHashMap<String, List<String>>();
        var lines = new ArrayList<String>();
        operations.put("before the first", lines);
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(HEAD)) {
                lines = new ArrayList<>();
                if (operations.put(line.substring(HEAD.length()), lines) != null) {
                    throw new IllegalArgumentException("two operations are called " + line.substring(HEAD.length()));
                }
            } else {
                normalisation.apply(line).ifPresent(lines::add);
            }
        }
        return new Transcript(operations);
    }

    List<String> of(String operation) {
        return operations.getOrDefault(operation, List.of());
    }
}
