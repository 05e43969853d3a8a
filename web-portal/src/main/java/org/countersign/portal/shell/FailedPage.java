package org.countersign.portal.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Symbol;
import org.jboss.logging.Logger;

/** Tells nothing about the cause but the number under which the log has it. */
public class FailedPage extends Div implements HasErrorParameter<Exception>, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(FailedPage.class);

    public FailedPage() {
        addClassNames("page", "alone");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(parameter.getException(), "page failed incident=%s", incident);
        var back = new Anchor("approvals", "Try the approvals");
        back.addClassName("centered");
        add(
                new EmptyState(
                        Symbol.LOST,
                        "This page cannot be shown now",
                        "The gateway keeps every command safe meanwhile: what is not approved does not run. "
                                + "Try again in a moment; if it stays, give incident " + incident
                                + " to the people who run Countersign."),
                back);
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    @Override
    public String getPageTitle() {
        return "Something failed – Countersign";
    }
}
