package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.segregation.ConflictReport;
import org.countersign.core.segregation.ConstraintService;
import org.countersign.core.segregation.ConstraintView;

/** The segregation constraints. They are made with manifests. */
@Path("constraints")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConstraintsResource {
    @Inject
    ConstraintService constraints;

    @Inject
    CurrentCaller caller;

    @GET
    public String list() {
        return new Fields()
                .each("items", constraints.list(caller.verified()), ConstraintsResource::json)
                .text("next", Optional.empty())
                .json()
                .toString();
    }

    /** Tries the constraints of the body; nothing is proposed. */
    @POST
    @Path("report")
    @Consumes(Api.YAML)
    public String report(InputStream in) throws IOException, ManifestException {
        String yaml = Body.text(in, Body.MAX_MANIFEST_BYTES);
        return new Fields()
                .each("reports", constraints.report(caller.verified(), yaml), ConstraintsResource::json)
                .json()
                .toString();
    }

    private static JsonObject json(ConstraintView constraint) {
        return new Fields()
                .text("name", constraint.name())
                .text("type", constraint.type())
                .text("reach", constraint.reach())
                .texts("sides", constraint.sides())
                .texts("roles", constraint.roles())
                .texts("targetNames", constraint.targetNames())
                .texts("targetLabels", constraint.targetLabels())
                .text("within", constraint.within().map(Duration::toString))
                .text("message", constraint.message())
                .json();
    }

    private static JsonObject json(ConflictReport report) {
        return new Fields()
                .value("constraint", json(report.constraint()))
                .each("violations", report.violations(), ConstraintsResource::json)
                .each("possible", report.possible(), ConstraintsResource::json)
                .flag("complete", report.complete())
                .json();
    }

    private static JsonObject json(ConflictReport.Finding finding) {
        return new Fields()
                .text("who", finding.who())
                .text("what", finding.what())
                .json();
    }
}
