package org.countersign.model.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What each holder of a role may use in one session, for one task or on one day (UTC), by commands that the role covers.
 *
 * @param most of each; {@link Usage#UNLIMITED} for what it does not limit
 * @param approval who may let a command pass that goes beyond it; empty: nobody
 */
public record Budget(String role, Per per, Usage most, Optional<ApprovalRequirement> approval) {
    public Budget {
        if (most.rows() < 1 || most.bytes() < 1 || most.commands() < 1 || most.writes() < 0) {
            throw new IllegalArgumentException("a budget allows something");
        }
    }

    /** How long it has to last. */
    public enum Per {
        SESSION,
        TASK,
        DAY;

        /** The name used in manifests: {@code day}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a refusal names it, as no other rule can be named. */
    public String rule() {
        return "budget/" + role + "/" + per.label();
    }

    /** In words: {@code the budget of orders-writer per day}. */
    public String inWords() {
        return "the budget of " + role + " per " + per.label();
    }

    /** Whether one more command with these writes fits. */
    public boolean fits(Usage drawn, int writes) {
        return exceeded(drawn, writes).isEmpty();
    }

    /** Whether so many more rows and bytes fit. */
    public boolean fits(Usage drawn, long rows, long bytes) {
        return drawn.rows() + rows <= most.rows() && drawn.bytes() + bytes <= most.bytes();
    }

    /** How much is used of what is used most, by percent. */
    public int percent(Usage drawn) {
        return share(drawn).percent();
    }

    /** What a client is told whose result has to end here. */
    public String saidUsedUp(Usage drawn) {
        Share fullest = share(drawn);
        return said(fullest.inWords().isEmpty() ? "nothing is left" : fullest.inWords());
    }

    /** What a client is told whose write is undone because it changed more rows than are left. */
    public String saidTooMany(long rows, long left) {
        return "It changes " + rows + " rows, and of " + inWords() + " " + left + " are left.";
    }

    String said(String how) {
        String what = inWords();
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + " is used up: " + how + ".";
    }

    /** What helps when it is used up. */
    public String hint(Instant now) {
        if (approval.isPresent()) {
            return "Send it again, and it is held for an approval.";
        }
        return switch (per) {
            case SESSION -> "Another session has a budget of its own.";
            case TASK -> "Another task has a budget of its own.";
            case DAY -> "It starts anew at " + now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS) + ".";
        };
    }

    /** What one more command with these writes would go beyond, in words; empty when it fits. */
    Optional<String> exceeded(Usage drawn, int writes) {
        if (drawn.commands() >= most.commands()) {
            return Optional.of(used(drawn.commands(), most.commands(), "commands"));
        }
        if (writes > 0 && drawn.writes() + writes > most.writes()) {
            return Optional.of(used(drawn.writes(), most.writes(), "writes"));
        }
        if (drawn.rows() >= most.rows()) {
            return Optional.of(used(drawn.rows(), most.rows(), "rows"));
        }
        return drawn.bytes() >= most.bytes()
                ? Optional.of(used(drawn.bytes(), most.bytes(), "bytes"))
                : Optional.empty();
    }

    /** Which of it is used most, by percent. */
    Share share(Usage drawn) {
        Share most = share(drawn.rows(), this.most.rows(), "rows");
        most = most.more(share(drawn.bytes(), this.most.bytes(), "bytes"));
        most = most.more(share(drawn.commands(), this.most.commands(), "commands"));
        return most.more(share(drawn.writes(), this.most.writes(), "writes"));
    }

    private static Share share(long used, long most, String what) {
        if (most == Usage.UNLIMITED || most == 0) {
            return new Share(0, "");
        }
        return new Share((int) Math.min(100, (double) used / most * 100), used(used, most, what));
    }

    private static String used(long used, long most, String what) {
        return used + " of " + most + " " + what;
    }

    /** @param inWords {@code 90 of 100 rows} */
    record Share(int percent, String inWords) {
        Share more(Share other) {
            return other.percent > percent ? other : this;
        }
    }
}
