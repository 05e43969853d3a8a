package org.countersign.portal.approval;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.SimilarApproval;
import org.countersign.portal.approval.DetailPresenter.Earlier;
import org.countersign.portal.ui.CommandText;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.TimeText;

/** What the session did right before, and what became of earlier requests that are like this one. */
final class BeforePanel extends Composite<Panel> {
    private static final long serialVersionUID = 1L;

    private final transient Optional<UUID> session;
    private final transient List<Earlier> earlier;
    private final transient List<SimilarApproval> similar;

    /** @param session empty for what no session asked for */
    BeforePanel(Optional<UUID> session, List<Earlier> earlier, List<SimilarApproval> similar) {
        this.session = session;
        this.earlier = earlier;
        this.similar = similar;
    }

    @Override
    protected Panel initContent() {
        var panel = new Panel("What came before");
        panel.setId("before");
        session.ifPresent(id -> panel.add(new H3("In the same session"), commands(id)));
        panel.add(new H3("Earlier requests like this"), requests());
        return panel;
    }

    private Component commands(UUID id) {
        if (earlier.isEmpty()) {
            return nothing("Nothing that you may see: it is the first command, or the session is not yours to see.");
        }
        var list = new OrderedList();
        list.addClassName("history");
        earlier.forEach(command -> list.add(new ListItem(
                CommandText.inline(command.summary()), note(command.ending(), TimeText.since(command.at())))));
        var all = new Anchor("sessions/" + id, "The whole session");
        return new Div(list, all);
    }

    private Component requests() {
        if (similar.isEmpty()) {
            return nothing("None: nobody was asked for this before.");
        }
        var list = new UnorderedList();
        list.addClassName("history");
        similar.forEach(request -> list.add(new ListItem(
                new Anchor("approvals/" + request.id(), DetailPresenter.similar(request)),
                note("", TimeText.since(request.requestedAt())))));
        return list;
    }

    private static Div note(String word, TimeText at) {
        var note = new Div(new Span(word), at);
        note.addClassName("notes");
        return note;
    }

    private static Paragraph nothing(String why) {
        var words = new Paragraph(why);
        words.addClassName("secondary");
        return words;
    }
}
