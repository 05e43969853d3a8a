package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.countersign.core.audit.EvidenceExport;
import org.countersign.core.audit.EvidenceFilter;
import org.countersign.core.audit.EvidenceService;
import org.countersign.core.audit.Period;
import org.countersign.core.audit.PrivilegedService;
import org.countersign.core.identity.Caller;

/** The segregation report. */
@Path("evidence")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EvidenceResource {
    private static final String CSV = "text/csv;charset=utf-8";
    private static final Set<String> OF_PERIOD = Set.of("from", "to");
    private static final Set<String> OF_COMMANDS = Set.of("from", "to", "principal", "target", "limit", "after");
    private static final Set<String> OF_ATTEMPTS = Set.of("from", "to", "principal", "limit", "after");

    @Inject
    EvidenceService evidence;

    @Inject
    PrivilegedService privileged;

    @Inject
    EvidenceExport export;

    @Inject
    CurrentCaller caller;

    @GET
    public String summary(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), OF_PERIOD);
        Period period = period(query);
        query.check();
        return EvidenceJson.of(evidence.summary(caller.verified(), period)).toString();
    }

    @GET
    @Path("commands")
    public String commands(@Context UriInfo uri) {
        return PageJson.of(evidence.commands(caller.verified(), filter(uri, OF_COMMANDS)), EvidenceJson::of)
                .toString();
    }

    /** Commands with consequences, approved or not, out of the recordings. */
    @GET
    @Path("privileged")
    public String privileged(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), OF_PERIOD);
        Period period = period(query);
        query.check();
        return EvidenceJson.of(privileged.in(caller.verified(), period)).toString();
    }

    /** What somebody had beyond his roles, with its uses and its review. */
    @GET
    @Path("exceptions")
    public String exceptions(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), OF_PERIOD);
        Period period = period(query);
        query.check();
        return new Fields()
                .each("items", evidence.exceptions(caller.verified(), period), GrantJson::of)
                .json()
                .toString();
    }

    @GET
    @Path("attempts")
    public String attempts(@Context UriInfo uri) {
        return PageJson.of(evidence.attempts(caller.verified(), filter(uri, OF_ATTEMPTS)), EvidenceJson::of)
                .toString();
    }

    /** Every command of the period. */
    @GET
    @Path("commands.csv")
    @Produces(CSV)
    public StreamingOutput csv(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), OF_PERIOD);
        Period period = period(query);
        query.check();
        Caller who = caller.verified();
        export.check(who);
        return out -> export.csv(who, period, out);
    }

    /** The printable report with its signature. */
    @GET
    @Path("report.html")
    @Produces(MediaType.TEXT_HTML)
    public Response report(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), OF_PERIOD);
        Period period = period(query);
        query.check();
        return Response.ok(evidence.printed(caller.verified(), period), "text/html;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"segregation-report.html\"")
                .build();
    }

    /** The public key that checks reports of this gateway. */
    @GET
    @Path("key")
    public String key() {
        return evidence.key(caller.verified());
    }

    private static EvidenceFilter filter(UriInfo uri, Set<String> known) {
        var query = new Query(uri.getQueryParameters(), known);
        var filter = new EvidenceFilter(
                period(query), query.text("principal"), query.text("target"), query.limit(), query.text("after"));
        query.check();
        return filter;
    }

    private static Period period(Query query) {
        return new Period(query.time("from"), query.time("to"));
    }
}
