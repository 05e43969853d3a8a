package org.countersign.model.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a command is sent, in the words of whoever sends it: in a comment of its own, or for all that a connection sends.
 * It is no part of the command's text, and covered by the approval's digest like it.
 */
public final class Justification {
    /** What connections and sessions call it. */
    public static final String SETTING = "countersign.reason";

    /** How to give one, for the person at the prompt. */
    public static final String HINT =
            "Say why in a comment of the statement, /* reason: TICKET-1 … */ before or after it; or for"
                    + " all that follows with SET " + SETTING
                    + " = 'TICKET-1 …'; or for the whole connection with options='-c "
                    + SETTING + "=TICKET-1'.";

    private static final int MAX_CHARACTERS = 2_000;
    private static final Pattern BLOCK = Pattern.compile("/\\*\\s*+reason:(.*)\\*/", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("--\\s*+reason:(.*)");

    private Justification() {}

    /**
     * Returns the reason that a comment gives, or nothing where it gives none.
     *
     * @param comment with what begins and ends it
     */
    public static Optional<String> in(String comment) {
        Matcher block = BLOCK.matcher(comment);
        Matcher line = LINE.matcher(comment);
        return block.matches() ? of(block.group(1)) : line.matches() ? of(line.group(1)) : Optional.empty();
    }

    /** Returns these words as a reason; empty when they are blank, longer than 2,000 characters or no text. */
    public static Optional<String> of(String words) {
        String reason = words.strip();
        boolean text = reason.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
        return reason.isEmpty() || reason.length() > MAX_CHARACTERS || !text ? Optional.empty() : Optional.of(reason);
    }
}
