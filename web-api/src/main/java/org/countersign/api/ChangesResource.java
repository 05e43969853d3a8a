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
import java.util.Optional;
import java.util.Set;
import org.countersign.core.effect.EffectService;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.ManifestService;
import org.countersign.core.policy.Motive;

/** Changes of the policy and their countersignature. */
@Path("changes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ChangesResource {
    @Inject
    ManifestService manifests;

    @Inject
    EffectService effects;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) throws ChangeRefusedException {
        var query = new Query(uri.getQueryParameters(), Set.of("limit", "after"));
        int limit = query.limit();
        var after = query.text("after");
        query.check();
        return PageJson.of(manifests.changes(caller.verified(), limit, after), ChangeJson::of)
                .toString();
    }

    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) throws ChangeRefusedException {
        return manifests
                .change(caller.verified(), Ids.of(id))
                .map(ChangeJson::of)
                .orElseThrow(() -> new ProblemException(Problems.notFound()))
                .toString();
    }

    @POST
    @Path("{id}/confirm")
    public String confirm(@PathParam("id") String id) throws ManifestException, ChangeRefusedException {
        return ChangeJson.of(manifests.confirm(caller.verified(), Ids.of(id))).toString();
    }

    @POST
    @Path("{id}/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    public String reject(@PathParam("id") String id, InputStream in)
            throws IOException, ManifestException, ChangeRefusedException {
        Body body = Body.object(in, Set.of("reason"));
        return ChangeJson.of(manifests.reject(caller.verified(), Ids.of(id), motive(body)))
                .toString();
    }

    /** Proposes the inverse of a confirmed change. */
    @POST
    @Path("{id}/revert")
    @Consumes(MediaType.APPLICATION_JSON)
    public String revert(@PathParam("id") String id, InputStream in)
            throws IOException, ManifestException, ChangeRefusedException {
        Body body = Body.object(in, Set.of("reason", "ticket"));
        return ChangeJson.of(manifests.revert(caller.verified(), Ids.of(id), motive(body)))
                .toString();
    }

    /** What the change would do, seen by the commands of the last days. */
    @GET
    @Path("{id}/effect")
    public String effect(@PathParam("id") String id, @Context UriInfo uri)
            throws ManifestException, ChangeRefusedException {
        var query = new Query(uri.getQueryParameters(), Set.of("days"));
        int days = EffectService.days(query.text("days"));
        query.check();
        return EffectJson.of(effects.of(caller.verified(), Ids.of(id), days)).toString();
    }

    @DELETE
    @Path("{id}")
    public String withdraw(@PathParam("id") String id) throws ManifestException, ChangeRefusedException {
        return ChangeJson.of(manifests.withdraw(caller.verified(), Ids.of(id))).toString();
    }

    private static Motive motive(Body body) {
        String reason = body.text("reason");
        Optional<String> ticket = body.optional("ticket");
        body.check();
        return new Motive(reason, ticket);
    }
}
