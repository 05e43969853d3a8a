package org.countersign.portal.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.countersign.core.ParameterView;
import org.countersign.core.approval.ApprovalView.CommandToApprove;
import org.countersign.portal.text.AnalysisWords;
import org.countersign.portal.text.Warnings;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.ParameterTable;

/** One command of a request: its text in full, its parameters, and what the analysis says it would do. */
final class CommandPanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient CommandToApprove command;
    private final String title;
    private final transient Runnable read;

    CommandPanel(String title, CommandToApprove command, Runnable read) {
        this.title = title;
        this.command = command;
        this.read = read;
    }

    @Override
    protected Panel initContent() {
        List<Optional<String>> values =
                command.parameters().stream().map(ParameterView::value).toList();
        var panel = new Panel(title, warnings(values));
        panel.add(CommandText.whole("The exact command", command.text(), values).onRead(read));
        if (!values.isEmpty()) {
            panel.add(new ParameterTable(
                    command.parameters().stream().map(ParameterView::type).toList(), values));
        }
        var facts = new Facts()
                .with("What it does", words(command.actions()), chips(command.actions()))
                .with("To what", resources());
        if (!command.estimate().isEmpty()) {
            facts.with("Rows", CommandText.inline(command.estimate()));
        }
        if (!command.code().isEmpty()) {
            facts.with("Code that would run", chips(command.code()));
        }
        panel.add(facts);
        return panel;
    }

    private Component warnings(List<Optional<String>> values) {
        var list = new UnorderedList();
        list.addClassName("warnings");
        Stream.concat(Stream.of(command.text()), values.stream().flatMap(Optional::stream))
                .flatMap(text -> Warnings.of(text).stream())
                .distinct()
                .forEach(warning -> list.add(new ListItem(warning)));
        list.setVisible(list.getComponentCount() > 0);
        return list;
    }

    private static Component words(List<String> actions) {
        var words = new Div(AnalysisWords.actions(actions));
        words.addClassName("analysis");
        return words;
    }

    private Component resources() {
        if (command.resources().isEmpty()) {
            return chips(command.resources());
        }
        var list = new UnorderedList();
        list.addClassName("plain");
        command.resources().forEach(resource -> list.add(new ListItem(AnalysisWords.resource(resource))));
        return list;
    }

    private static Component chips(List<String> names) {
        var chips = new Div();
        chips.addClassName("notes");
        if (names.isEmpty()) {
            chips.add(new Span("nothing that needs a permission"));
        }
        names.forEach(name -> chips.add(Chip.code(name)));
        return chips;
    }
}
