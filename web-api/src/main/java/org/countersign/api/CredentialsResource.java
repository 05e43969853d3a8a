package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.countersign.core.identity.CredentialService;
import org.countersign.core.identity.CredentialView;
import org.countersign.model.port.AccessRefusedException;

/** Short-lived credentials for clients that cannot send a token. */
@Path("credentials")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CredentialsResource {
    @Inject
    CredentialService credentials;

    @Inject
    CurrentCaller caller;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String create(InputStream in) throws IOException, AccessRefusedException {
        Body body = Body.object(in, Set.of("target"));
        String target = body.text("target");
        body.check();
        CredentialView credential = credentials.create(caller.verified(), target);
        return new Fields()
                .text("username", credential.username())
                .text("password", credential.password().reveal())
                .time("expiresAt", credential.expiresAt())
                .json()
                .toString();
    }
}
