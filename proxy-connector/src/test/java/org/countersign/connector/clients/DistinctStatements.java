package org.countersign.connector.clients;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countersign.journal.Frame;
import org.countersign.journal.JournalReader;
import org.countersign.model.audit.FrameType;

/**
 * The texts of all commands that a journal holds, each once. Numbers and quoted constants make no difference, so that
 * clients that make up values do not count for more than what they do with them.
 */
final class DistinctStatements {
    private static final Pattern TEXT = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern CONSTANT = Pattern.compile("'(?:[^']|'')*+'|\\b\\d++(?:\\.\\d++)?");

    private DistinctStatements() {}

    static Set<String> in(Path journal) {
        var texts = new TreeSet<String>();
        new JournalReader(journal).frames(frame -> take(frame, texts));
        return texts;
    }

    private static void take(Frame frame, Set<String> texts) {
        if (FrameType.of(frame.type()) == FrameType.RECEIVED) {
            Matcher matcher = TEXT.matcher(new String(frame.payload(), StandardCharsets.UTF_8));
            if (matcher.find()) {
                texts.add(CONSTANT.matcher(matcher.group(1)).replaceAll("?").strip());
            }
        }
    }
}
