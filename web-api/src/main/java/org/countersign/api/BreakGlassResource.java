package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.countersign.core.grant.BreakGlassService;
import org.countersign.core.grant.Finding;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.grant.GrantService;
import org.countersign.model.policy.Grant;

/** What named persons take in an emergency, and its reviews. */
@Path("break-glass")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BreakGlassResource {
    @Inject
    BreakGlassService breakGlass;

    @Inject
    GrantService grants;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        return PageJson.of(
                        grants.list(caller.verified(), GrantsResource.filter(uri, Grant.Kind.BREAK_GLASS)),
                        GrantJson::of)
                .toString();
    }

    /** What the caller may take. */
    @GET
    @Path("available")
    public String available() {
        return new Fields()
                .each("items", breakGlass.available(caller.verified()), GrantJson::of)
                .json()
                .toString();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String start(InputStream in) throws IOException, GrantRefusedException {
        Body body = Body.object(in, Set.of("name", "target", "duration", "reason", "ticket"));
        String name = body.text("name");
        String target = body.text("target");
        Duration duration = body.duration("duration");
        String reason = body.text("reason");
        String ticket = body.optional("ticket").orElse("");
        body.check();
        return GrantJson.of(breakGlass.start(caller.verified(), name, target, duration, reason, ticket))
                .toString();
    }

    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) {
        return grants.find(caller.verified(), Ids.of(id))
                .filter(found -> found.kind() == Grant.Kind.BREAK_GLASS)
                .map(GrantJson::of)
                .orElseThrow(() -> new ProblemException(Problems.notFound()))
                .toString();
    }

    @DELETE
    @Path("{id}")
    public String end(@PathParam("id") String id, @Context UriInfo uri) throws GrantRefusedException {
        return GrantJson.of(grants.end(caller.verified(), Ids.of(id), GrantsResource.reason(uri)))
                .toString();
    }

    @POST
    @Path("{id}/review")
    @Consumes(MediaType.APPLICATION_JSON)
    public String review(@PathParam("id") String id, InputStream in) throws IOException, GrantRefusedException {
        Body body = Body.object(in, Set.of("finding", "words"));
        String label = body.text("finding");
        Finding finding = Arrays.stream(Finding.values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseGet(() -> {
                    body.fault("finding", "finding must be justified or not-justified");
                    return Finding.NOT_JUSTIFIED;
                });
        String words = body.text("words");
        body.check();
        return GrantJson.of(breakGlass.review(caller.verified(), Ids.of(id), finding, words))
                .toString();
    }
}
