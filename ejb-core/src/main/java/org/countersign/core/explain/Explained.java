package org.countersign.core.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.countersign.core.explain.ExplanationView.AccessView;
import org.countersign.core.explain.ExplanationView.FieldView;
import org.countersign.core.explain.ExplanationView.FunctionView;
import org.countersign.core.explain.ExplanationView.OutputView;
import org.countersign.core.explain.ExplanationView.RuleView;
import org.countersign.core.explain.ExplanationView.StatementView;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.command.UserRoutine;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.Reasons;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.Explanation.Judged;

/** A judged command in words for people. */
final class Explained {
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    private final Judged judged;
    private final Reasons reasons;
    private final Instant now;

    Explained(Judged judged, Reasons reasons, Instant now) {
        this.judged = judged;
        this.reasons = reasons;
        this.now = now;
    }

    List<String> detectors() {
        return reasons.detectors().stream().sorted().toList();
    }

    /** Those that decided come first. */
    List<RuleView> rules() {
        List<String> deciding = judged.ruling().verdict().rules();
        var rules = new ArrayList<RuleView>();
        for (RolePolicy role : reasons.roles()) {
            rules.add(new RuleView(role.name(), "role", ALLOW, deciding.contains(role.name()), given(role)));
        }
        for (Guardrail guardrail : reasons.guardrails(now)) {
            String effect = guardrail.effect().name().toLowerCase(Locale.ROOT);
            String said = guardrail.message().isBlank() ? "Its condition holds." : guardrail.message();
            rules.add(new RuleView(guardrail.name(), "guardrail", effect, deciding.contains(guardrail.name()), said));
        }
        Set<String> known = rules.stream().map(RuleView::name).collect(Collectors.toSet());
        for (String rule : deciding) {
            if (!known.contains(rule)) {
                rules.add(new RuleView(rule, "gateway", effect(), true, reason()));
            }
        }
        rules.sort(Comparator.comparing(RuleView::decided).reversed());
        return rules;
    }

    private String effect() {
        return switch (judged.ruling().verdict()) {
            case Verdict.Allow allow -> ALLOW;
            case Verdict.Hold hold -> "approve";
            case Verdict.Deny deny -> DENY;
        };
    }

    private String reason() {
        return switch (judged.ruling().verdict()) {
            case Verdict.Allow allow -> "";
            case Verdict.Hold hold -> hold.message();
            case Verdict.Deny deny -> deny.message();
        };
    }

    private String given(RolePolicy role) {
        var given = new TreeSet<String>();
        judged.command().accesses().stream()
                .filter(access -> reasons.permitting(access).contains(role.name()))
                .forEach(access ->
                        given.add(access.action() + " on " + access.resource().name()));
        judged.command().functions().stream()
                .filter(function -> reasons.naming(function).contains(role.name()))
                .forEach(function -> given.add("the function " + function));
        if (given.isEmpty()) {
            return judged.command().accesses().isEmpty()
                    ? "Held here; the text needs no permission."
                    : "Held here; permits nothing of this.";
        }
        return "Permits " + String.join(", ", given) + ".";
    }

    List<StatementView> statements() {
        var statements = new ArrayList<StatementView>();
        List<Command> parts = judged.command().parts();
        for (int i = 0; i < parts.size(); i++) {
            statements.add(statement(parts.get(i), judged.later().contains(i)));
        }
        return statements;
    }

    private StatementView statement(Command command, boolean later) {
        return new StatementView(
                command.kind(),
                command.text(),
                later,
                command.effects().stream()
                        .sorted()
                        .map(effect -> effect.name().toLowerCase(Locale.ROOT))
                        .toList(),
                command.hasPredicate(),
                command.accesses().stream()
                        .sorted(Comparator.comparing(
                                        (Access access) -> access.resource().name())
                                .thenComparing(access -> access.action().name()))
                        .map(access -> new AccessView(
                                access.action().name(),
                                access.resource().name(),
                                columns(access.resource()),
                                reasons.permitting(access)))
                        .toList(),
                command.functions().stream()
                        .map(function -> new FunctionView(function, reasons.naming(function)))
                        .toList(),
                command.outputs().stream()
                        .map(output ->
                                new OutputView(output.label(), label(reasons.mask(output)), fields(output.sources())))
                        .toList(),
                fields(command.examined()),
                fields(command.moved()),
                fields(command.written()),
                code(command),
                command.estimate().rows().stream().boxed().findFirst(),
                command.estimate().inWords());
    }

    private static List<String> columns(Resource resource) {
        return switch (resource) {
            case Resource.Relation relation ->
                relation.columns().stream().sorted().toList();
            case Resource.Routine routine -> List.of();
            case Resource.Everything everything -> List.of();
        };
    }

    private static List<String> code(Command command) {
        return switch (command) {
            case SqlCommand sql ->
                sql.analysis().routines().stream().map(UserRoutine::described).toList();
        };
    }

    private List<FieldView> fields(Collection<FieldName> fields) {
        return fields.stream()
                .sorted(Comparator.comparing(FieldName::toString))
                .map(field -> new FieldView(
                        field.toString(),
                        reasons.classes(field).stream().sorted().toList(),
                        label(reasons.mask(field))))
                .toList();
    }

    private static String label(MaskKind mask) {
        return mask.label();
    }
}
