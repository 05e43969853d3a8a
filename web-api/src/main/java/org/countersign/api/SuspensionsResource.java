package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.countersign.core.identity.SuspensionFilter;
import org.countersign.core.identity.SuspensionService;

/** Who is suspended, and who was. */
@Path("suspensions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SuspensionsResource {
    @Inject
    SuspensionService suspensions;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("state", "principal", "from", "to", "limit", "after"));
        var filter = new SuspensionFilter(
                query.constant("state", SuspensionFilter.State.class),
                query.text("principal"),
                query.time("from"),
                query.time("to"),
                query.limit(),
                query.text("after"));
        query.check();
        return PageJson.of(suspensions.list(caller.verified(), filter), SuspensionJson::of)
                .toString();
    }
}
