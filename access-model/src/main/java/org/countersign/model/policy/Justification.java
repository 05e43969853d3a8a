package org.countersign.model.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countersign.model.command.Command;

/**
 * Why a command is sent, in the words of whoever sends it: a comment at its very start, {@code /* reason: … *}{@code /}.
 * It stays a part of the command and is covered by the approval's digest.
 */
public final class Justification {
    /** How to give one, for the person at the prompt. */
    public static final String HINT = "Start the command with a comment that says why: /* reason: TICKET-1 … */";

    private static final int MAX_CHARACTERS = 2_000;

    /** No star inside: a comment that nests would end elsewhere for the target. */
    private static final Pattern COMMENT = Pattern.compile("\\s*+/\\*\\s*+reason:([^*]*+)\\*/.*", Pattern.DOTALL);

    private Justification() {}

    /** Returns what the command says, or nothing where it says nothing or too much. */
    public static Optional<String> of(Command command) {
        Matcher comment = COMMENT.matcher(command.text());
        return comment.matches()
                ? Optional.of(comment.group(1).strip())
                        .filter(reason -> !reason.isBlank() && reason.length() <= MAX_CHARACTERS)
                : Optional.empty();
    }
}
