package org.countersign.portal.grant;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import org.countersign.core.grant.GrantView;

/** On top of every page while break-glass is open or unreviewed and concerns whoever looks. */
public final class GlassBanner extends Div {
    private static final long serialVersionUID = 1L;

    public GlassBanner() {
        addClassName("glass-banner");
        setId("glass-banner");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    public void show(List<GrantView> concerning) {
        removeAll();
        String text = BreakGlassPresenter.banner(concerning);
        setVisible(!text.isEmpty());
        if (!text.isEmpty()) {
            add(new Span(text), new Anchor("break-glass", "Look at it"));
        }
        getElement().getClassList().set("open", concerning.stream().anyMatch(GrantView::active));
    }
}
