package org.countersign.model.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Estimate;

/** Computes a risk: the same command in the same situation has the same score. Pure, without I/O. */
final class RiskScore {
    private static final int HALF_USED = 50;
    private static final int NEARLY_USED = 80;
    private static final long MUCH_MORE = 3;
    private static final long FAR_MORE = 10;
    /** Below it no day is unusual. */
    private static final long LEAST_VOLUME = 100;

    private final RiskModel model;
    private final Command command;
    private final Set<String> classes;
    private final List<Risk.Part> parts = new ArrayList<>();

    private RiskScore(RiskModel model, Command command, Set<String> classes) {
        this.model = model;
        this.command = command;
        this.classes = classes;
    }

    /**
     * @param classes data classes of the fields the command touches
     * @param budgets that it draws on
     */
    static Risk of(
            RiskModel model,
            Command command,
            Set<String> classes,
            List<Budget> budgets,
            Background background,
            Instant now) {
        var score = new RiskScore(model, command, classes);
        score.predicate();
        score.rows();
        score.definition();
        score.classified();
        if (!command.effects().isEmpty()) {
            score.circumstances(background, now);
            score.budget(budgets, background);
        }
        return Risk.of(score.parts);
    }

    /** Whether the number of its rows matters: that of reads does only where they touch classified fields. */
    static boolean counts(Command command, Set<String> classes) {
        return writes(command) || command.effects().contains(Effect.READ) && !classes.isEmpty();
    }

    private static boolean writes(Command command) {
        return command.effects().contains(Effect.WRITE);
    }

    private void predicate() {
        if (writes(command) && !command.hasPredicate()) {
            add(RiskFactor.NO_PREDICATE, 1, 1, "It changes rows without saying which: there is no WHERE.");
        }
    }

    private void rows() {
        if (!counts(command, classes)) {
            return;
        }
        String would = writes(command) ? "change" : "read classified data of";
        switch (command.estimate()) {
            case Estimate.Rows(long count) -> {
                int steps = count >= model.manyRows()
                        ? 3
                        : count >= model.manyRows() / 10.0 ? 2 : count >= model.manyRows() / 100.0 ? 1 : 0;
                add(RiskFactor.ROWS, steps, 3, "It would " + would + " about " + count + " rows.");
            }
            case Estimate.Unknown unknown -> unknown(unknown.why());
            case Estimate.Unasked unasked -> unknown(unasked.why());
        }
    }

    /** What nobody knows of a write counts as much as very many rows. */
    private void unknown(String why) {
        if (writes(command)) {
            add(RiskFactor.ROWS, 1, 1, "How many rows it would change is not known: " + why + ".");
        }
    }

    private void definition() {
        if (command.effects().contains(Effect.ADMINISTER)) {
            add(RiskFactor.DEFINITION, 1, 1, "It administers the target.");
        } else if (command.effects().contains(Effect.DEFINE)) {
            add(RiskFactor.DEFINITION, 1, 1, "It changes definitions of the target.");
        }
    }

    private void classified() {
        if (!classes.isEmpty()) {
            add(
                    RiskFactor.CLASSIFIED,
                    1,
                    1,
                    "It touches classified data: " + String.join(", ", new TreeSet<>(classes)) + ".");
        }
    }

    private void circumstances(Background background, Instant now) {
        if (background.newHere()) {
            add(RiskFactor.NEW_PAIR, 1, 1, "The principal uses this target for the first day.");
        }
        if (!model.workingHours().open(now)) {
            add(
                    RiskFactor.OFF_HOURS,
                    1,
                    1,
                    "It comes outside of the working hours ("
                            + model.workingHours().text() + ").");
        }
        Optional<Background.Volume> volume = background.volume();
        if (volume.isPresent()) {
            long today = volume.get().today();
            long usual = Math.max(volume.get().usual(), LEAST_VOLUME);
            int steps = today >= FAR_MORE * usual ? 2 : today >= MUCH_MORE * usual ? 1 : 0;
            add(
                    RiskFactor.VOLUME,
                    steps,
                    2,
                    "The principal used " + today + " rows here today, on a usual day "
                            + volume.get().usual() + ".");
        }
    }

    private void budget(List<Budget> budgets, Background background) {
        budgets.stream()
                .map(budget -> new Fullness(budget, budget.share(background.drawn(budget))))
                .max(Comparator.comparingInt(full -> full.share().percent()))
                .ifPresent(full -> {
                    int percent = full.share().percent();
                    add(
                            RiskFactor.BUDGET,
                            percent >= NEARLY_USED ? 2 : percent >= HALF_USED ? 1 : 0,
                            2,
                            "Of " + full.budget().inWords() + " " + full.share().inWords() + " are used.");
                });
    }

    private record Fullness(Budget budget, Budget.Share share) {}

    /** Adds the factor's weight times {@code steps / of}, rounded up. */
    private void add(RiskFactor factor, int steps, int of, String reason) {
        int points = (model.weight(factor) * steps + of - 1) / of;
        if (points > 0) {
            parts.add(new Risk.Part(factor, points, reason));
        }
    }
}
