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
import java.util.Set;
import org.countersign.core.grant.GrantFilter;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantState;
import org.countersign.core.grant.Wish;
import org.countersign.model.policy.Grant;

/** Roles for a time. They are approved as their {@code approval}. */
@Path("grants")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class GrantsResource {
    static final Set<String> FILTERS = Set.of("state", "principal", "target", "limit", "after");
    private static final int MAX_REASON = 2_000;

    @Inject
    GrantService grants;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        return PageJson.of(grants.list(caller.verified(), filter(uri, Grant.Kind.GRANT)), GrantJson::of)
                .toString();
    }

    static GrantFilter filter(UriInfo uri, Grant.Kind kind) {
        var query = new Query(uri.getQueryParameters(), FILTERS);
        var filter = new GrantFilter(
                kind,
                query.constant("state", GrantState.class).map(Set::of).orElse(Set.of()),
                query.text("principal"),
                query.text("target"),
                query.limit(),
                query.text("after"));
        query.check();
        return filter;
    }

    /** What the caller may ask for. */
    @GET
    @Path("eligible")
    public String eligible() {
        return new Fields()
                .each("items", grants.eligible(caller.verified()), GrantJson::of)
                .json()
                .toString();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String request(InputStream in) throws IOException, GrantRefusedException {
        Body body = Body.object(
                in,
                Set.of(
                        "role",
                        "target",
                        "actions",
                        "resources",
                        "functions",
                        "duration",
                        "single",
                        "reason",
                        "ticket"));
        var wish = new Wish(
                body.text("role"),
                body.text("target"),
                body.texts("actions"),
                body.texts("resources"),
                body.texts("functions"),
                body.duration("duration"),
                body.flag("single"),
                body.text("reason"),
                body.optional("ticket").orElse(""));
        body.check();
        return GrantJson.of(grants.request(caller.verified(), wish)).toString();
    }

    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) {
        return grants.find(caller.verified(), Ids.of(id))
                .map(GrantJson::of)
                .orElseThrow(() -> new ProblemException(Problems.notFound()))
                .toString();
    }

    /** Takes a request back, gives a grant back, or revokes it. */
    @DELETE
    @Path("{id}")
    public String end(@PathParam("id") String id, @Context UriInfo uri) throws GrantRefusedException {
        return GrantJson.of(grants.end(caller.verified(), Ids.of(id), reason(uri)))
                .toString();
    }

    static String reason(UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("reason"));
        String reason = query.text("reason", MAX_REASON).orElse("");
        query.check();
        return reason;
    }
}
