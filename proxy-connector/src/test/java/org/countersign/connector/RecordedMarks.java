package org.countersign.connector;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countersign.journal.Frame;
import org.countersign.journal.JournalReader;
import org.countersign.model.audit.FrameType;

/**
 * What a journal says of the marks that a {@link WriteLoad} wrote.
 *
 * @param allowed marks of commands with a receipt and, behind it, a verdict that lets them pass
 * @param shown marks in rows that clients may have seen
 * @param outcomes how the command of a mark ended
 */
record RecordedMarks(Set<String> allowed, Set<String> shown, Map<String, String> outcomes) {
    static final Pattern MARK = Pattern.compile("\\w+-c\\d+-n\\d+\\.");
    private static final Pattern COMMAND = Pattern.compile("\"command\":\"([^\"]+)\"");
    private static final Pattern OUTCOME = Pattern.compile("\"outcome\":\"([^\"]+)\"");

    static RecordedMarks read(Path journal) {
        var recorded = new RecordedMarks(new HashSet<>(), new HashSet<>(), new HashMap<>());
        Map<String, String> commands = new HashMap<>();
        new JournalReader(journal).frames(frame -> recorded.take(frame, commands));
        return recorded;
    }

    private void take(Frame frame, Map<String, String> commands) {
        String text = new String(frame.payload(), StandardCharsets.UTF_8);
        String command = first(COMMAND, text, 1);
        switch (FrameType.of(frame.type())) {
            case RECEIVED -> commands.put(command, first(MARK, text, 0));
            case VERDICT -> {
                if (text.contains("\"verdict\":\"allow\"")) {
                    allowed.add(commands.get(command));
                }
            }
            case RESPONSE -> shown.add(first(MARK, text, 0));
            case FINISHED -> outcomes.put(commands.get(command), first(OUTCOME, text, 1));
            default -> {
                // says nothing of a mark
            }
        }
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(group) : "";
    }
}
