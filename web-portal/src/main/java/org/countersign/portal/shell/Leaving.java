package org.countersign.portal.shell;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Ends a session in two steps, because a page of the portal that hears of the end of its session loads itself again, and
 * that would overtake the way out: the first answer is a page without scripts, and only what it leads to ends the session.
 */
abstract class Leaving extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String LEFT = "left";

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        String target = target(request);
        if (request.getParameter(LEFT) == null) {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(page(step(request)));
            return;
        }
        if (request.getSession(false) != null) {
            request.getSession(false).invalidate();
        }
        response.sendRedirect(target);
    }

    /** Where it leads when the session has ended; asked while there still is one. */
    abstract String target(HttpServletRequest request);

    /** The address of the second step without its mark, relative to the first, of nothing that the caller chose freely. */
    abstract String step(HttpServletRequest request);

    private static String page(String step) {
        String address = step + (step.contains("?") ? "&amp;" : "?") + LEFT + "=true";
        return """
                <!DOCTYPE html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="refresh" content="0;url=%s">
                <title>One moment – Countersign</title>
                <p style="font-family: system-ui, sans-serif; text-align: center; margin-top: 20vh">
                One moment, your session ends. <a href="%s">Go on</a></p>
                </html>
                """.formatted(address, address);
    }
}
