package org.countersign.portal.shell;

import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.shared.ApplicationConstants;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers an open page whose session has ended in the page's own language, so that it loads itself again and the
 * person signs in and lands where he was. {@code undertow-handlers.conf} makes such requests end in a 401, and whatever
 * else a page loads: only a page that is opened leads to the sign-in, so that nothing a page still loads while the
 * person leaves signs the person in again.
 */
@WebServlet("/session-ended")
public class SessionEnded extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (request.getParameter(ApplicationConstants.REQUEST_TYPE_PARAMETER) == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write("for(;;);[" + VaadinService.createSessionExpiredJSON(false) + "]");
    }
}
