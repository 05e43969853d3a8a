package org.countersign.portal.shell;

import com.vaadin.cdi.annotation.VaadinSessionScoped;
import com.vaadin.flow.server.VaadinRequest;
import jakarta.inject.Inject;
import java.io.Serializable;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.CallerService;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.oidc.OidcPrincipal;
import org.wildfly.security.http.oidc.OidcSecurityContext;

/**
 * Who uses this browser session. Each question is answered from the access token as it is now: the adapter renews it
 * when it runs out, and the services verify it again, in requests and in pushed updates alike.
 */
@VaadinSessionScoped
public class SignedIn implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient CallerService callers;

    private @Nullable OidcSecurityContext tokens;

    /** @throws SignInRefusedException when the token is not accepted, or not any more */
    public Caller caller() {
        if (VaadinRequest.getCurrent() != null
                && VaadinRequest.getCurrent().getUserPrincipal() instanceof OidcPrincipal<?> principal) {
            tokens = principal.getOidcSecurityContext();
        }
        if (tokens == null) {
            throw new SignInRefusedException("Your sign-in has ended.");
        }
        try {
            return callers.verify(new Secret(tokens.getTokenString()));
        } catch (AccessRefusedException e) {
            throw new SignInRefusedException(e.getMessage());
        }
    }
}
