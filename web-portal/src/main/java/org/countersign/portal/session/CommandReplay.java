package org.countersign.portal.session;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.ParameterView;
import org.countersign.core.recording.CommandResult;
import org.countersign.core.recording.CommandView;
import org.countersign.portal.text.Warnings;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.ParameterTable;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** One command as it was asked, judged and answered. */
final class CommandReplay extends Div {
    private static final long serialVersionUID = 1L;

    CommandReplay(CommandView command, Supplier<CommandResult> result) {
        addClassName("main-column");
        SessionPresenter.Ending ending = SessionPresenter.ending(command);
        add(asked(command), judged(command, ending), answered(command, result.get()));
    }

    private static Panel asked(CommandView command) {
        List<Optional<String>> values =
                command.parameters().stream().map(ParameterView::value).toList();
        var panel = new Panel("Command " + command.sequence());
        var warnings = new UnorderedList();
        warnings.addClassName("warnings");
        Warnings.of(command.text()).forEach(warning -> warnings.add(new ListItem(warning)));
        if (warnings.getComponentCount() > 0) {
            panel.add(warnings);
        }
        panel.add(CommandText.whole("The exact command", command.text(), values));
        if (!values.isEmpty()) {
            panel.add(new ParameterTable(
                    command.parameters().stream().map(ParameterView::type).toList(), values));
        }
        return panel;
    }

    private static Panel judged(CommandView command, SessionPresenter.Ending ending) {
        var facts = new Facts();
        facts.with("Verdict", Endings.chip(ending), new Span(ending.sentence()));
        if (!command.rules().isEmpty()) {
            facts.with("Rule", chips(command.rules()));
        }
        if (!command.actions().isEmpty()) {
            facts.with("What it does", chips(command.actions()));
        }
        if (!command.resources().isEmpty()) {
            facts.with("To what", chips(command.resources()));
        }
        command.decision().ifPresent(decision -> facts.with("Decision", new Span(decided(decision))));
        command.approval()
                .ifPresent(
                        approval -> facts.with("Approval", new Anchor("approvals/" + approval, "Open the approval")));
        facts.with("Asked", TimeText.at(command.receivedAt()));
        command.durationMicros().ifPresent(micros -> facts.with("Took", Durations.ofMicros(micros)));
        facts.with("Policy version", String.valueOf(command.policyVersion()));
        return new Panel("What was decided", facts);
    }

    private static String decided(CommandView.DecisionView decision) {
        return decision.state()
                + (decision.by().isEmpty() ? "" : " by " + String.join(" and ", decision.by()))
                + (decision.reason().isBlank() ? "" : ": " + decision.reason());
    }

    private static Panel answered(CommandView command, CommandResult result) {
        var panel = new Panel("What the client received");
        var counts = new Div();
        counts.addClassName("notes");
        result.tag().ifPresent(tag -> counts.add(Chip.code(tag)));
        if (!result.columns().isEmpty()) {
            counts.add(new Span(command.rows() + (command.rows() == 1 ? " row" : " rows")));
        }
        if (command.masked() > 0) {
            counts.add(new Chip(
                    command.masked() + (command.masked() == 1 ? " value masked" : " values masked"), Tone.WAITING));
        }
        panel.add(counts);
        result.error().ifPresent(error -> {
            var callout = new Callout("Error " + error.sqlState(), "", Tone.BAD);
            var message = new Paragraph();
            message.add(CommandText.inline(error.message()));
            callout.add(message);
            panel.add(callout);
        });
        result.notices().forEach(notice -> {
            var line = new Paragraph();
            line.addClassName("quote");
            line.add(CommandText.inline(notice));
            panel.add(line);
        });
        if (!result.columns().isEmpty()) {
            panel.add(new ResultTable(result));
        } else if (result.error().isEmpty()
                && result.tag().isEmpty()
                && result.notices().isEmpty()) {
            panel.add(new Paragraph("Nothing."));
        }
        return panel;
    }

    private static Div chips(List<String> names) {
        var chips = new Div();
        chips.addClassName("notes");
        names.forEach(name -> chips.add(Chip.code(name)));
        return chips;
    }
}
