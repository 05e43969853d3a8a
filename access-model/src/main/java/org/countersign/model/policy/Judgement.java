package org.countersign.model.policy;

import java.util.List;
import java.util.Optional;

/**
 * A verdict and what was found out on the way to it.
 *
 * @param risk of the whole command; empty where nothing asked for it: only a command that is held always has one
 * @param estimateMissing whether the verdict may be another one once the target was asked how many rows there would be
 * @param budgets that the command draws on when it runs
 * @param passed those of them that it is beyond and was let through in spite of
 */
public record Judgement(
        Verdict verdict, Optional<Risk> risk, boolean estimateMissing, List<Budget> budgets, List<Budget> passed) {
    public Judgement {
        budgets = List.copyOf(budgets);
        passed = List.copyOf(passed);
    }

    static Judgement refused(Verdict.Deny deny) {
        return new Judgement(deny, Optional.empty(), false, List.of(), List.of());
    }

    Judgement with(Verdict other) {
        return new Judgement(other, risk, estimateMissing, budgets, passed);
    }

    /** Together with that of a part of the command: the stricter verdict. */
    Judgement and(Judgement part) {
        return new Judgement(
                verdict.stricter(part.verdict), risk, estimateMissing || part.estimateMissing, budgets, passed);
    }
}
