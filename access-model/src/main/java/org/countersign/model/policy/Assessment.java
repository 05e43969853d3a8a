package org.countersign.model.policy;

import java.util.function.Supplier;
import org.countersign.model.command.Command;
import org.countersign.model.command.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * What a condition may ask about that is found out only when one does: a policy without such conditions pays nothing.
 * Remembers whether the number of rows was asked for before anybody had asked the target. Not thread-safe.
 */
public final class Assessment {
    private final Command command;
    private final Supplier<Boolean> rowsMatter;
    private final Supplier<Risk> score;
    private @Nullable Risk risk;
    private boolean estimateMissing;

    /** @param rowsMatter whether the score depends on the number of rows */
    public Assessment(Command command, Supplier<Boolean> rowsMatter, Supplier<Risk> score) {
        this.command = command;
        this.rowsMatter = rowsMatter;
        this.score = score;
    }

    public Risk risk() {
        Risk known = risk;
        if (known == null) {
            if (command.estimate() instanceof Estimate.Unasked && rowsMatter.get()) {
                estimateMissing = true;
            }
            known = score.get();
            risk = known;
        }
        return known;
    }

    /** How many rows the command would return or change, as far as that is known. */
    public Estimate estimate() {
        if (command.estimate() instanceof Estimate.Unasked) {
            estimateMissing = true;
        }
        return command.estimate();
    }

    /** Whether something asked for the number of rows and nobody has asked the target yet. */
    boolean estimateMissing() {
        return estimateMissing;
    }

    /** Whether something asked for the risk. */
    boolean weighed() {
        return risk != null;
    }
}
