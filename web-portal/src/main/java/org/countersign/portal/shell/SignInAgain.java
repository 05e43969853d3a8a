package org.countersign.portal.shell;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ends the session here, and has the identity provider ask who it is although it knows: then the sign-in is fresh. Leads
 * back to the request that is to be decided, and nowhere else.
 */
@WebServlet("/sign-in-again")
public class SignInAgain extends Leaving {
    private static final long serialVersionUID = 1L;
    private static final Pattern APPROVAL = Pattern.compile("approvals/[0-9a-fA-F-]{36}");

    /** The adapter hands it on to the identity provider and takes it out of the address that follows. */
    private static final String ASK = "?prompt=login";

    @Override
    String target(HttpServletRequest request) {
        return request.getContextPath() + "/" + page(request) + ASK;
    }

    @Override
    String step(HttpServletRequest request) {
        return "sign-in-again?to=" + page(request);
    }

    private static String page(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("to"))
                .filter(page -> APPROVAL.matcher(page).matches())
                .orElse("approvals");
    }
}
