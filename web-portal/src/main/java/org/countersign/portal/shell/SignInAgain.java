package org.countersign.portal.shell;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ends the session here, and has the identity provider ask who it is although it knows: then the sign-in is fresh. Leads
 * back to the request that is to be decided, and nowhere else.
 */
@WebServlet("/sign-in-again")
public class SignInAgain extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern APPROVAL = Pattern.compile("approvals/[0-9a-fA-F-]{36}");

    /** The adapter hands it on to the identity provider and takes it out of the address that follows. */
    private static final String ASK = "?prompt=login";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String to = Optional.ofNullable(request.getParameter("to"))
                .filter(page -> APPROVAL.matcher(page).matches())
                .orElse("approvals");
        if (request.getSession(false) != null) {
            request.getSession(false).invalidate();
        }
        response.setHeader("Cache-Control", "no-store");
        response.sendRedirect(request.getContextPath() + "/" + to + ASK);
    }
}
