package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.portal.text.Placeholders;
import org.countersign.portal.text.VisibleText;
import org.countersign.portal.text.VisibleText.Deceptive;
import org.countersign.portal.text.VisibleText.Hidden;
import org.countersign.portal.text.VisibleText.Piece;
import org.countersign.portal.text.VisibleText.Plain;

/** Text from outside, exactly, with everything in it that a browser would hide or turn around drawn as what it is. */
@Tag("cs-command")
public final class CommandText extends Component {
    private static final long serialVersionUID = 1L;

    private CommandText(String className) {
        getElement().getClassList().add("exact");
        getElement().getClassList().add(className);
        getElement().setAttribute("dir", "ltr");
        getElement().setAttribute("translate", "no");
    }

    /** A short text within a line or a table cell. */
    public static CommandText inline(String text) {
        var inline = new CommandText("inline");
        append(inline.getElement(), text);
        return inline;
    }

    /**
     * A whole command with its parameters' values beside their places.
     *
     * @param label what a screen reader calls it
     * @param parameters the values in order; empty ones are NULL
     */
    public static CommandText whole(String label, String text, List<Optional<String>> parameters) {
        var whole = new CommandText("whole");
        Element element = whole.getElement();
        element.setAttribute("tabindex", "0");
        element.setAttribute("role", "region");
        element.setAttribute("aria-label", label);
        int from = 0;
        for (Placeholders.Use use : Placeholders.in(text)) {
            if (use.number() < 1 || use.number() > parameters.size()) {
                continue;
            }
            append(element, text.substring(from, use.from()));
            element.appendChild(place(text.substring(use.from(), use.to()), parameters.get(use.number() - 1)));
            from = use.to();
        }
        append(element, text.substring(from));
        appendUnplaced(element, text, parameters);
        return whole;
    }

    /** Tells once when the reader has seen the text from its beginning to its end. */
    public CommandText onRead(Runnable read) {
        getElement().setAttribute("watch", "");
        getElement().addEventListener("cs-read", event -> read.run());
        return this;
    }

    /** A value without a place in the text still has to be read. */
    private static void appendUnplaced(Element element, String text, List<Optional<String>> parameters) {
        Set<Integer> placed =
                Placeholders.in(text).stream().map(Placeholders.Use::number).collect(Collectors.toSet());
        for (int number = 1; number <= parameters.size(); number++) {
            if (!placed.contains(number)) {
                element.appendChild(Element.createText("\n"), place("$" + number, parameters.get(number - 1)));
            }
        }
    }

    private static Element place(String name, Optional<String> value) {
        Element place = span("parameter", "").setAttribute("title", "value of " + name);
        place.appendChild(span("parameter-name", name));
        Element shown = span(value.isPresent() ? "parameter-value" : "parameter-value null", "");
        append(shown, value.orElse("NULL"));
        return place.appendChild(shown);
    }

    private static void append(Element parent, String text) {
        VisibleText.of(text).pieces().forEach(piece -> parent.appendChild(drawn(piece)));
    }

    private static Element drawn(Piece piece) {
        return switch (piece) {
            case Plain plain -> Element.createText(plain.source());
            case Hidden hidden -> span("hidden-character", hidden.glyph()).setAttribute("title", hidden.name());
            case Deceptive word -> span("deceptive", word.source()).setAttribute("title", word.warning());
        };
    }

    private static Element span(String className, String text) {
        Element span = new Element("span").setText(text);
        List.of(className.split(" ")).forEach(span.getClassList()::add);
        return span;
    }
}
