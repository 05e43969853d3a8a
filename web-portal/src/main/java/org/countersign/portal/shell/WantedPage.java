package org.countersign.portal.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives a page back the query that it was asked for with: the sign-in leads back to the path alone.
 * {@code undertow-handlers.conf} notes the address of every page that is opened with a query; this runs only for
 * somebody who is signed in, and sees either that address itself, or its path behind a sign-in.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class WantedPage extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String NOTE = "WANTED_PAGE";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean get = request.getMethod().equals("GET");
        Optional<String> noted = get
                ? noted(request)
                        .filter(address -> address.startsWith(request.getRequestURI() + "?"))
                        .filter(address -> !address.startsWith("//"))
                : Optional.empty();
        if (noted.isPresent() || get && opened(request)) {
            forget(response);
        }
        if (noted.isPresent() && request.getQueryString() == null) {
            response.setHeader("Cache-Control", "no-store");
            response.sendRedirect(noted.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Whether it has just been noted: whoever is signed in needs no note. */
    private static boolean opened(HttpServletRequest request) {
        return request.getQueryString() != null && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** Out of the header, because the container ends a value at its first equals sign. */
    private static Optional<String> noted(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Cookie")).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(NOTE + "="))
                .map(cookie -> cookie.substring(NOTE.length() + 1))
                .findFirst();
    }

    private static void forget(HttpServletResponse response) {
        var cookie = new Cookie(NOTE, "");
        cookie.setPath("/");
        cookie.setMaxAge(0);
        response.addCookie(cookie);
    }
}
