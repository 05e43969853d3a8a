package org.countersign.core.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Usage;

/** Reads {@code limits.budgets} of a role. */
final class BudgetReader {
    private static final List<String> PERIODS =
            Stream.of(Budget.Per.values()).map(Budget.Per::label).toList();
    private static final List<String> EFFECTS = List.of("deny", "approve");
    private static final String APPROVE = "approve";
    private static final long MOST = 1_000_000_000_000_000L;

    private BudgetReader() {}

    static List<Budget> read(String role, Value value) {
        var seen = new HashSet<String>();
        return value.list(item -> budget(role, item, seen));
    }

    private static Budget budget(String role, Value value, Set<String> seen) {
        Fields fields = value.fields("per", "rows", "bytes", "commands", "writes", "exceeding", "approval");
        String period = fields.required("per", at -> at.choice(PERIODS), "");
        Budget.Per per =
                PERIODS.contains(period) ? Budget.Per.valueOf(period.toUpperCase(Locale.ROOT)) : Budget.Per.DAY;
        if (PERIODS.contains(period) && !seen.add(period)) {
            value.problem("there is a budget per " + period + " already; write both as one");
        }
        var most = new Usage(
                most(fields, "rows", 1),
                most(fields, "bytes", 1),
                most(fields, "commands", 1),
                most(fields, "writes", 0));
        if (Stream.of("rows", "bytes", "commands", "writes").noneMatch(fields::has)) {
            value.problem("limits nothing: expected rows, bytes, commands or writes");
        }
        String effect = fields.optional("exceeding", at -> at.choice(EFFECTS), "deny");
        Optional<ApprovalRequirement> approval = fields.optional("approval").map(ApprovalReader::read);
        if (effect.equals(APPROVE) && approval.isEmpty()) {
            value.problem("the key approval is missing: exceeding approve says who approves");
        }
        fields.optional("approval")
                .filter(at -> !effect.equals(APPROVE))
                .ifPresent(at -> at.problem("approval goes with exceeding approve only"));
        return new Budget(role, per, most, approval);
    }

    private static long most(Fields fields, String what, long least) {
        return fields.optional(what, at -> at.integer(least, MOST), Usage.UNLIMITED);
    }
}
