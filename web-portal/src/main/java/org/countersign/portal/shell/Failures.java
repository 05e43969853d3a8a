package org.countersign.portal.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.SessionInitEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.countersign.portal.ui.Notice;
import org.jboss.logging.Logger;

/** What happens when something fails while a page is open, in a click or in a pushed update. */
@ApplicationScoped
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    void prepare(@Observes SessionInitEvent event) {
        event.getSession().setErrorHandler(Failures::handle);
    }

    private static void handle(ErrorEvent event) {
        UI ui = UI.getCurrent();
        if (causedByTheSignIn(event.getThrowable())) {
            if (ui != null) {
                ui.getPage().reload();
            }
            return;
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(event.getThrowable(), "portal failed incident=%s", incident);
        if (ui != null) {
            Notice.warn("That did not work. Look at the page again before you go on. Incident " + incident + ".");
        }
    }

    private static boolean causedByTheSignIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignInRefusedException) {
                return true;
            }
        }
        return false;
    }
}
