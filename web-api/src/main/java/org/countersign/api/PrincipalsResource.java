package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.countersign.core.identity.SuspensionService;

/** Persons and agents, by their names. */
@Path("principals")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PrincipalsResource {
    @Inject
    SuspensionService suspensions;

    @Inject
    CurrentCaller caller;

    @POST
    @Path("{name}/suspension")
    @Consumes(MediaType.APPLICATION_JSON)
    public String suspend(@PathParam("name") String name, InputStream in) throws IOException {
        Body body = Body.object(in, Set.of("reason"));
        String reason = body.text("reason");
        body.check();
        return SuspensionJson.of(suspensions.suspend(caller.verified(), name, reason))
                .toString();
    }

    @DELETE
    @Path("{name}/suspension")
    public void lift(@PathParam("name") String name) {
        if (!suspensions.lift(caller.verified(), name)) {
            throw new ProblemException(Problems.notFound());
        }
    }
}
