package org.countersign.portal.session;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.countersign.core.recording.CommandView;
import org.countersign.portal.approval.ApprovalsPresenter;
import org.countersign.portal.ui.CommandText;

/** The commands of a session in their order; one of them is chosen. */
final class CommandReel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<CommandView> chosen;
    private final transient List<CommandView> commands = new ArrayList<>();
    private final List<NativeButton> buttons = new ArrayList<>();
    private final OrderedList list = new OrderedList();
    private final Button earlier = new Button("Show earlier ones");
    private int at;

    CommandReel(Consumer<CommandView> chosen, Runnable loadEarlier) {
        this.chosen = chosen;
        addClassName("reel");
        list.getElement().setAttribute("aria-label", "Commands in their order");
        earlier.addClickListener(click -> loadEarlier.run());
        var keys = new Paragraph("J and K go to the next and the previous command.");
        keys.addClassName("shortcuts");
        add(earlier, list, keys);
    }

    void show(List<CommandView> all, boolean hasEarlier) {
        commands.clear();
        commands.addAll(all);
        redraw(hasEarlier);
    }

    void prepend(List<CommandView> before, boolean hasEarlier) {
        commands.addAll(0, before);
        at += before.size();
        redraw(hasEarlier);
        mark();
    }

    /** Chooses the command of this id, or the first one. */
    void choose(String id) {
        int index = 0;
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).id().toString().equals(id)) {
                index = i;
            }
        }
        go(index);
    }

    void move(int steps) {
        int next = Math.clamp((long) at + steps, 0, commands.size() - 1);
        if (next != at) {
            go(next);
            buttons.get(next).focus();
        }
    }

    Optional<String> chosen() {
        return at < commands.size() ? Optional.of(commands.get(at).id().toString()) : Optional.empty();
    }

    private void go(int index) {
        at = index;
        mark();
        chosen.accept(commands.get(index));
    }

    private void mark() {
        for (int i = 0; i < buttons.size(); i++) {
            if (i == at) {
                buttons.get(i).getElement().setAttribute("aria-current", "true");
            } else {
                buttons.get(i).getElement().removeAttribute("aria-current");
            }
        }
    }

    private void redraw(boolean hasEarlier) {
        earlier.setVisible(hasEarlier);
        list.removeAll();
        buttons.clear();
        for (int i = 0; i < commands.size(); i++) {
            int index = i;
            CommandView command = commands.get(i);
            var number = new Span(String.valueOf(command.sequence()));
            number.addClassName("sequence");
            var button = new NativeButton();
            button.add(
                    number,
                    CommandText.inline(ApprovalsPresenter.summary(command.text())),
                    Endings.chip(SessionPresenter.ending(command)));
            button.addClickListener(click -> go(index));
            buttons.add(button);
            list.add(new ListItem(button));
        }
    }
}
