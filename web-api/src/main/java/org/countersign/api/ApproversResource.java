package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.countersign.core.approval.ApproverHabits;
import org.countersign.core.approval.HabitsService;

/** How people decide. */
@Path("approvers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ApproversResource {
    @Inject
    HabitsService habits;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("from", "to"));
        var from = query.time("from");
        var to = query.time("to");
        query.check();
        return new Fields()
                .each("items", habits.list(caller.verified(), from, to), ApproversResource::json)
                .json()
                .toString();
    }

    private static JsonObject json(ApproverHabits habits) {
        return new Fields()
                .text("approver", habits.approver())
                .number("decisions", habits.decisions())
                .number("rejected", habits.rejected())
                .flag("neverRejected", habits.neverRejected())
                .number("busiestHour", habits.busiestHour())
                .number("medianSeconds", habits.medianSeconds())
                .json();
    }
}
