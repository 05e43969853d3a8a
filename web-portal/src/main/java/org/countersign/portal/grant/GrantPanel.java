package org.countersign.portal.grant;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import org.countersign.core.grant.GrantState;
import org.countersign.core.grant.GrantView;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.TimeText;
import org.countersign.portal.ui.Tone;

/** One role for a time: who has what, why, until when, and what became of it. */
final class GrantPanel {
    private static final int MAX_LISTED = 8;

    private GrantPanel() {}

    static Article of(GrantView grant, List<? extends Component> actions) {
        var title = new H2(grant.role() + " on " + grant.target());
        title.addClassName("article-title");
        var line = new Div(chip(grant), new Span(grant.principal().name()), TimeText.since(grant.requestedAt()));
        line.addClassName("state-line");
        if (grant.active()) {
            var left = new Span(
                    new Span("· ends in "), TimeText.until(grant.endsAt().orElseThrow()));
            left.addClassName("countdown");
            line.add(left);
        }
        var head = new Div(new Div(title, line));
        head.addClassName("page-top");
        if (!actions.isEmpty()) {
            var side = new Div();
            actions.forEach(side::add);
            side.addClassName("actions");
            head.add(side);
        }
        var article = new Article(head, facts(grant));
        article.addClassName("panel");
        article.getElement().setAttribute("data-grant", grant.id().toString());
        return article;
    }

    private static Facts facts(GrantView grant) {
        var facts = new Facts();
        grant.principal().owner().ifPresent(owner -> facts.with("Answers for it", owner));
        facts.with("Why", grant.reason() + (grant.ticket().isEmpty() ? "" : " (" + grant.ticket() + ")"));
        facts.with("Actions", codes(grant.actions()));
        facts.with("On", codes(grant.resources()));
        if (!grant.functions().isEmpty()) {
            facts.with("Functions", codes(grant.functions()));
        }
        facts.with("Lasts", Minutes.words(grant.duration()) + (grant.single() ? ", for one command" : ""));
        grant.startsAt().ifPresent(start -> facts.with("Began", TimeText.at(start)));
        grant.endedAt().ifPresent(end -> facts.with("Ended", new Span(ended(grant)), TimeText.at(end)));
        if (grant.startsAt().isPresent()) {
            facts.with("Used", used(grant));
        }
        grant.approval()
                .ifPresent(approval -> facts.with(
                        "Decided in",
                        new Anchor(
                                "approvals/" + approval,
                                grant.state() == GrantState.PENDING ? "Look at it and decide" : "its approval")));
        facts.with("In recordings", new Code(grant.name()));
        return facts;
    }

    private static String ended(GrantView grant) {
        return grant.endedBy().map(by -> "by " + by + " ").orElse("")
                + (grant.endedReason().isEmpty() ? "" : "(" + grant.endedReason() + ") ");
    }

    private static Component[] used(GrantView grant) {
        if (grant.uses() == 0) {
            return new Component[] {new Span("never")};
        }
        var times = new Span(grant.uses() == 1 ? "once, " : grant.uses() + " times, last ");
        return new Component[] {times, TimeText.since(grant.lastUse().orElseThrow())};
    }

    private static Component[] codes(List<String> texts) {
        var codes = new Div();
        codes.addClassName("notes");
        texts.stream().limit(MAX_LISTED).forEach(text -> codes.add(Chip.code(text)));
        if (texts.size() > MAX_LISTED) {
            codes.add(new Span("and " + (texts.size() - MAX_LISTED) + " more"));
        }
        return new Component[] {codes};
    }

    private static Chip chip(GrantView grant) {
        return switch (grant.state()) {
            case PENDING -> new Chip("Waits for approval", Tone.WAITING);
            case ACTIVE -> new Chip("Active", Tone.ACCENT);
            case USED -> new Chip("Used", Tone.GOOD);
            case ENDED -> new Chip(grant.uses() == 0 ? "Ended, never used" : "Ended", Tone.NEUTRAL);
            case REVOKED -> new Chip("Ended early", Tone.NEUTRAL);
            case REJECTED -> new Chip("Rejected", Tone.BAD);
            case EXPIRED -> new Chip("Nobody decided", Tone.NEUTRAL);
            case WITHDRAWN -> new Chip("Taken back", Tone.NEUTRAL);
        };
    }
}
