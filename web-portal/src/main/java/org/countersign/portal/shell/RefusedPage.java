package org.countersign.portal.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import jakarta.servlet.http.HttpServletResponse;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Symbol;

/** Stands alone: whoever is refused has no name to put into the layout. */
public class RefusedPage extends Div implements HasErrorParameter<SignInRefusedException>, HasDynamicTitle {
    private static final long serialVersionUID = 1L;

    public RefusedPage() {
        addClassNames("page", "alone");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<SignInRefusedException> parameter) {
        var again = new Anchor("logout", "Sign in again");
        again.setRouterIgnore(true);
        again.addClassNames("centered", "primary-link");
        add(
                new EmptyState(
                        Symbol.MARK,
                        "Countersign does not let this account in",
                        parameter.getException().getMessage()),
                again);
        return HttpServletResponse.SC_FORBIDDEN;
    }

    @Override
    public String getPageTitle() {
        return "Not signed in – Countersign";
    }
}
