package org.countersign.portal.shell;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.wildfly.security.http.oidc.OidcPrincipal;

/** Ends the session here and at the identity provider, which then leads back to the portal. */
@WebServlet("/logout")
public class SignOut extends Leaving {
    private static final long serialVersionUID = 1L;
    private static final String END_SESSION = "/protocol/openid-connect/logout";

    @Override
    String target(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof OidcPrincipal<?> principal
                ? System.getenv("COUNTERSIGN_OIDC_ISSUER") + END_SESSION
                        + "?id_token_hint="
                        + encoded(principal.getOidcSecurityContext().getIDTokenString())
                        + "&post_logout_redirect_uri=" + encoded(home(request))
                : request.getContextPath() + "/";
    }

    @Override
    String step(HttpServletRequest request) {
        return "logout";
    }

    private static String home(HttpServletRequest request) {
        String whole = request.getRequestURL().toString();
        return whole.substring(0, whole.length() - request.getServletPath().length()) + "/";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
