package org.countersign.portal.explain;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.countersign.core.explain.ExplanationView;
import org.countersign.core.explain.ExplanationView.FieldView;
import org.countersign.core.explain.ExplanationView.RuleView;
import org.countersign.core.explain.ExplanationView.StatementView;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.RiskPanel;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** An explanation: the verdict, what it rests on, and each statement with what it needs and returns. */
final class ExplanationPanels extends Div {
    private static final long serialVersionUID = 1L;

    ExplanationPanels(ExplanationView explanation) {
        addClassName("main-column");
        var verdict = new Callout(ExplainPresenter.headline(explanation), "", tone(explanation.verdict()));
        verdict.setId("verdict");
        String said = ExplainPresenter.explained(explanation);
        if (!said.isEmpty()) {
            verdict.add(prose(said));
        }
        add(verdict, about(explanation));
        explanation.risk().ifPresent(risk -> add(new RiskPanel(risk)));
        int number = 1;
        for (StatementView statement : explanation.statements()) {
            add(statement(
                    statement, explanation.statements().size() == 1 ? "What it would do" : "Statement " + number++));
        }
    }

    private static Tone tone(String verdict) {
        return switch (verdict) {
            case "allow" -> Tone.GOOD;
            case "hold" -> Tone.WAITING;
            default -> Tone.BAD;
        };
    }

    private static Panel about(ExplanationView explanation) {
        var facts = new Facts();
        facts.with(
                "As",
                new Span(explanation.principal().name() + ", "
                        + (explanation.principal().kind().equals("agent") ? "an agent" : "a person")));
        explanation.signedInAt().ifPresent(at -> facts.with("As it signed in", TimeText.at(at)));
        if (explanation.stranger()) {
            facts.with("Signed in", "never: judged by its name alone, without what groups and realm roles would add");
        }
        explanation.sqlState().ifPresent(state -> facts.with("A client gets", Chip.code(state)));
        if (explanation.policyVersion() > 0) {
            facts.with("Policy version", String.valueOf(explanation.policyVersion()));
        }
        if (!explanation.detectors().isEmpty()) {
            facts.with("Masked wherever it is found", chips(explanation.detectors()));
        }
        facts.with("Recorded", new Anchor("sessions/" + explanation.session(), "Open the session of this question"));
        var panel = new Panel("Why", facts);
        if (!explanation.rules().isEmpty()) {
            panel.add(rules(explanation.rules()));
        }
        return panel;
    }

    private static Component rules(List<RuleView> rules) {
        return table(
                "Rules",
                List.of("Rule", "Says", "Because"),
                rules,
                rule -> List.of(
                        new Span(Chip.code(rule.name()), new Span(" " + rule.kind())),
                        rule.decided()
                                ? new Chip(rule.effect(), tone(rule))
                                : new Span(rule.effect() + ", did not decide"),
                        prose(rule.reason())));
    }

    /** Sentences that may quote what came from outside. */
    private static Paragraph prose(String sentences) {
        var prose = new Paragraph(CommandText.inline(sentences));
        prose.addClassName("prose");
        return prose;
    }

    private static Tone tone(RuleView rule) {
        return switch (rule.effect()) {
            case "allow" -> Tone.GOOD;
            case "approve" -> Tone.WAITING;
            default -> Tone.BAD;
        };
    }

    private static Panel statement(StatementView statement, String title) {
        var panel = new Panel(title, CommandText.whole("The statement", statement.text(), List.<Optional<String>>of()));
        if (statement.later()) {
            panel.add(new Paragraph(
                    "What it does becomes known only after those before it ran. It is judged when its turn comes."));
            return panel;
        }
        var facts = new Facts();
        facts.with("Kind", Chip.code(statement.kind()));
        facts.with("Effects", statement.effects().isEmpty() ? new Span("none") : chips(statement.effects()));
        if (!statement.predicate()) {
            facts.with("Rows", new Chip("it does not say which", Tone.WAITING));
        }
        facts.with("Rows expected", CommandText.inline(statement.estimate()));
        fields(facts, "Looks at", statement.examined());
        fields(facts, "Moves elsewhere", statement.moved());
        fields(facts, "Writes", statement.written());
        if (!statement.code().isEmpty()) {
            facts.with("Code that would run", chips(statement.code()));
        }
        panel.add(facts);
        if (!statement.accesses().isEmpty()) {
            panel.add(table(
                    "Permissions needed",
                    List.of("Needs", "On", "Columns", "Given by"),
                    statement.accesses(),
                    access -> List.of(
                            Chip.code(access.action()),
                            CommandText.inline(access.resource()),
                            CommandText.inline(String.join(", ", access.columns())),
                            given(access.roles()))));
        }
        if (!statement.functions().isEmpty()) {
            panel.add(table(
                    "Functions that a permission has to name",
                    List.of("Function", "Given by"),
                    statement.functions(),
                    function -> List.of(CommandText.inline(function.name()), given(function.roles()))));
        }
        if (!statement.outputs().isEmpty()) {
            panel.add(table(
                    "Columns that come back",
                    List.of("Column", "Shown", "Comes from"),
                    statement.outputs(),
                    output -> List.of(
                            CommandText.inline(output.label()),
                            mask(output.mask()),
                            CommandText.inline(described(output.sources())))));
        }
        return panel;
    }

    private static void fields(Facts facts, String name, List<FieldView> fields) {
        if (!fields.isEmpty()) {
            facts.with(name, CommandText.inline(described(fields)));
        }
    }

    private static String described(List<FieldView> fields) {
        return String.join(
                ", ", fields.stream().map(ExplainPresenter::described).toList());
    }

    private static Component given(List<String> roles) {
        return roles.isEmpty() ? new Chip("missing", Tone.BAD) : new Span(String.join(", ", roles));
    }

    private static Component mask(String mask) {
        return mask.equals("clear") ? new Span("clear") : new Chip(mask, Tone.WAITING);
    }

    private static <T> Component table(
            String caption, List<String> headings, List<T> items, Function<T, List<Component>> cells) {
        var table = new NativeTable();
        table.addClassName("grid");
        table.setCaptionText(caption);
        NativeTableRow head = table.getHead().addRow();
        headings.forEach(heading -> head.add(new NativeTableHeaderCell(heading)));
        for (T item : items) {
            var row = new NativeTableRow();
            cells.apply(item).forEach(cell -> row.add(new NativeTableCell(cell)));
            table.getBody().addRows(row);
        }
        var scrolls = new Div(table);
        scrolls.addClassNames("scrolls", "framed");
        scrolls.getElement().setAttribute("tabindex", "0");
        return scrolls;
    }

    private static Div chips(List<String> names) {
        var chips = new Div();
        chips.addClassName("notes");
        names.forEach(name -> chips.add(Chip.code(name)));
        return chips;
    }
}
