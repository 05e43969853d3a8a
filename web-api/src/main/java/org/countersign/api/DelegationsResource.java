package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;
import org.countersign.core.approval.DelegationService;
import org.countersign.core.approval.DelegationView;

/** Who decides in whose place. */
@Path("delegations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DelegationsResource {
    @Inject
    DelegationService delegations;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("limit", "after"));
        int limit = query.limit();
        var after = query.text("after");
        query.check();
        return PageJson.of(delegations.list(caller.verified(), limit, after), DelegationsResource::json)
                .toString();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String delegate(InputStream in) throws IOException {
        Body body = Body.object(in, Set.of("to", "until", "reason"));
        String to = body.text("to");
        Instant until = body.time("until");
        String reason = body.text("reason");
        body.check();
        return json(delegations.delegate(caller.verified(), to, until, reason)).toString();
    }

    @DELETE
    @Path("{id}")
    public void revoke(@PathParam("id") String id) {
        if (!delegations.revoke(caller.verified(), Ids.of(id))) {
            throw new ProblemException(Problems.notFound());
        }
    }

    private static JsonObject json(DelegationView delegation) {
        return new Fields()
                .id("id", delegation.id())
                .text("from", delegation.from())
                .text("to", delegation.to())
                .text("reason", delegation.reason())
                .time("createdAt", delegation.createdAt())
                .time("until", delegation.until())
                .time("revokedAt", delegation.revokedAt())
                .text("revokedBy", delegation.revokedBy())
                .flag("active", delegation.active())
                .texts("notes", delegation.notes())
                .json();
    }
}
