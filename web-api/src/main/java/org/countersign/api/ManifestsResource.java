package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.ManifestService;
import org.countersign.core.policy.Motive;

/** Policy as code. */
@Path("manifests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ManifestsResource {
    /** What problems call the body of a request. */
    private static final String SOURCE = "request";

    @Inject
    ManifestService manifests;

    @Inject
    CurrentCaller caller;

    @GET
    @Produces(Api.YAML)
    public String export() throws ManifestException, ChangeRefusedException {
        return manifests.export(caller.verified());
    }

    @PUT
    @Consumes(Api.YAML)
    public String propose(@Context UriInfo uri, InputStream in)
            throws IOException, ManifestException, ChangeRefusedException {
        Motive motive = motive(uri);
        String yaml = Body.text(in, Body.MAX_MANIFEST_BYTES);
        return ChangeJson.of(manifests.propose(caller.verified(), yaml, SOURCE, motive))
                .toString();
    }

    @POST
    @Path("diff")
    @Consumes(Api.YAML)
    public String diff(InputStream in) throws IOException, ManifestException, ChangeRefusedException {
        String yaml = Body.text(in, Body.MAX_MANIFEST_BYTES);
        return new Fields()
                .value("diff", ChangeJson.diff(manifests.diff(caller.verified(), yaml, SOURCE)))
                .json()
                .toString();
    }

    @DELETE
    @Path("{kind}/{name}")
    public String remove(@PathParam("kind") String kind, @PathParam("name") String name, @Context UriInfo uri)
            throws ManifestException, ChangeRefusedException {
        return ChangeJson.of(manifests.remove(caller.verified(), kind, name, motive(uri)))
                .toString();
    }

    /** The confirmed changes of one object, the latest first. */
    @GET
    @Path("{kind}/{name}/history")
    public String history(@PathParam("kind") String kind, @PathParam("name") String name)
            throws ChangeRefusedException {
        return new Fields()
                .each("items", manifests.history(caller.verified(), kind, name), ChangeJson::of)
                .text("next", Optional.empty())
                .json()
                .toString();
    }

    private static Motive motive(UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("reason", "ticket"));
        var reason = query.text("reason", Motive.MAX_REASON_CHARACTERS);
        var ticket = query.text("ticket");
        query.check();
        return new Motive(reason.orElse(""), ticket);
    }
}
