package org.countersign.model.command;

import java.util.List;
import java.util.OptionalLong;

/**
 * How many rows a command would return or change, as far as the target guesses before anything of it ran: its planner is
 * asked, nothing is executed. Rows that triggers and foreign keys carry along are not in it.
 */
public sealed interface Estimate {
    /** Nobody needed to know yet. */
    Estimate UNASKED = new Unasked();

    /** The target was not asked. */
    record Unasked() implements Estimate {}

    /** @param why in words that go behind "not known:" */
    record Unknown(String why) implements Estimate {}

    /** What the planner expects. */
    record Rows(long count) implements Estimate {}

    /** How many rows; empty when that is not known. */
    default OptionalLong rows() {
        return this instanceof Rows(long count) ? OptionalLong.of(count) : OptionalLong.empty();
    }

    /** Why it is not known; empty when it is. */
    default String why() {
        return switch (this) {
            case Unasked unasked -> "the target was not asked";
            case Unknown unknown -> unknown.why();
            case Rows rows -> "";
        };
    }

    /** In words: {@code about 1200}. */
    default String inWords() {
        return switch (this) {
            case Rows(long count) -> "about " + count;
            case Unasked unasked -> "not known: " + why();
            case Unknown unknown -> "not known: " + why();
        };
    }

    /** That of several commands: of one that is not known nothing is known of all. */
    static Estimate together(List<Estimate> all) {
        long sum = 0;
        for (Estimate each : all) {
            if (!(each instanceof Rows(long count))) {
                return each;
            }
            sum += count;
        }
        return new Rows(sum);
    }
}
