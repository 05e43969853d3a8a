package org.countersign.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.countersign.journal.Frame;
import org.countersign.journal.JournalReader;
import org.countersign.model.audit.FrameType;

/**
 * What a journal says of the marks that {@link MarkClients} wrote.
 *
 * @param allowed marks of commands with a receipt and, behind it, a verdict that lets them pass
 * @param outcomes how the command of a mark ended
 */
record RecordedMarks(Set<String> allowed, Map<String, String> outcomes) {
    private static final Pattern STATEMENT =
            Pattern.compile(Pattern.quote(MarkClients.STATEMENT) + "([a-z]+-\\d+\\.)'");
    private static final Pattern COMMAND = Pattern.compile("\"command\":\"([^\"]+)\"");
    private static final Pattern OUTCOME = Pattern.compile("\"outcome\":\"([^\"]+)\"");

    static RecordedMarks read(Path journal) {
        var recorded = new RecordedMarks(new HashSet<>(), new HashMap<>());
        var commands = new HashMap<String, String>();
        new JournalReader(journal).frames(frame -> recorded.take(frame, commands));
        return recorded;
    }

    /** The mark that a text writes; empty when it writes none. */
    static String in(String text) {
        return first(STATEMENT, text);
    }

    private void take(Frame frame, Map<String, String> commands) {
        String text = new String(frame.payload(), StandardCharsets.UTF_8);
        String command = first(COMMAND, text);
        switch (FrameType.of(frame.type())) {
            case RECEIVED -> {
                if (!in(text).isEmpty()) {
                    commands.put(command, in(text));
                }
            }
            case VERDICT -> {
                if (commands.containsKey(command) && text.contains("\"verdict\":\"allow\"")) {
                    allowed.add(commands.get(command));
                }
            }
            case FINISHED -> {
                if (commands.containsKey(command)) {
                    outcomes.put(commands.get(command), first(OUTCOME, text));
                }
            }
            default -> {
                // says nothing of a mark
            }
        }
    }

    Set<String> executed() {
        return outcomes.entrySet().stream()
                .filter(end -> end.getValue().equals("executed"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
