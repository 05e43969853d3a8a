package org.countersign.portal.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.servlet.http.HttpServletResponse;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Symbol;

/** Says the same of what does not exist and of what one may not see. */
@ParentLayout(MainLayout.class)
public class LostPage extends Div implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
    private static final long serialVersionUID = 1L;

    public LostPage() {
        addClassName("page");
        add(new EmptyState(
                Symbol.LOST,
                "There is nothing here for you",
                "This address leads to nothing, or to something that you may not see. "
                        + "If somebody sent you the link, ask him which account it is meant for."));
        var back = new Anchor("approvals", "Go to the approvals");
        back.addClassName("centered");
        add(back);
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        return HttpServletResponse.SC_NOT_FOUND;
    }

    @Override
    public String getPageTitle() {
        return "Nothing here – Countersign";
    }
}
