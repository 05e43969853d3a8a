package org.countersign.portal.shell;

import com.vaadin.flow.server.VaadinService;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers an open page whose session has ended in the page's own language, so that it loads itself again and the
 * person signs in and lands where he was. {@code undertow-handlers.conf} makes such requests end in a 401.
 */
@WebServlet("/session-ended")
public class SessionEnded extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("for(;;);[" + VaadinService.createSessionExpiredJSON(false) + "]");
    }
}
