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
import java.util.Arrays;
import java.util.Set;
import org.countersign.core.approval.ApprovalDetails;
import org.countersign.core.approval.ApprovalFilter;
import org.countersign.core.approval.ApprovalRefusedException;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.DecisionKind;
import org.countersign.model.port.ApprovalDesk;

/** Held commands and the decisions about them. */
@Path("approvals")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalsResource {
    private static final int MAX_REASON = 2_000;

    @Inject
    ApprovalService approvals;

    @Inject
    ApprovalDetails details;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        var query = new Query(
                uri.getQueryParameters(), Set.of("state", "principal", "target", "from", "to", "limit", "after"));
        var filter = new ApprovalFilter(
                query.constant("state", ApprovalDesk.State.class),
                query.text("principal"),
                query.text("target"),
                query.time("from"),
                query.time("to"),
                query.limit(),
                query.text("after"));
        query.check();
        return PageJson.of(approvals.list(caller.verified(), filter), ApprovalJson::of)
                .toString();
    }

    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) {
        return approvals
                .find(caller.verified(), Ids.of(id))
                .map(ApprovalJson::of)
                .orElseThrow(() -> new ProblemException(Problems.notFound()))
                .toString();
    }

    @DELETE
    @Path("{id}")
    public String takeBack(@PathParam("id") String id) throws ApprovalRefusedException {
        return ApprovalJson.of(approvals.takeBack(caller.verified(), Ids.of(id)))
                .toString();
    }

    /** Earlier requests that are like this one. */
    @GET
    @Path("{id}/similar")
    public String similar(@PathParam("id") String id) {
        var similar = approvals
                .similar(caller.verified(), Ids.of(id))
                .orElseThrow(() -> new ProblemException(Problems.notFound()));
        return new Fields().each("items", similar, ApprovalJson::similar).json().toString();
    }

    /** Who answers for it, and who could decide it. */
    @GET
    @Path("{id}/people")
    public String people(@PathParam("id") String id) {
        var detail = details.find(caller.verified(), Ids.of(id))
                .orElseThrow(() -> new ProblemException(Problems.notFound()));
        return new Fields()
                .each("behind", detail.behind(), ApprovalJson::answerable)
                .each("approvers", detail.candidates(), ApprovalJson::candidate)
                .json()
                .toString();
    }

    @POST
    @Path("{id}/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    public String decide(@PathParam("id") String id, InputStream in) throws IOException, ApprovalRefusedException {
        Body body = Body.object(in, Set.of("decision", "reason"));
        DecisionKind kind = decision(body);
        String reason = reason(body);
        body.check();
        return ApprovalJson.of(approvals.decide(caller.verified(), Ids.of(id), kind, reason))
                .toString();
    }

    /** One decision about every pending request for exactly the same. */
    @POST
    @Path("decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    public String decideIdentical(InputStream in) throws IOException {
        Body body = Body.object(in, Set.of("digest", "decision", "reason"));
        String digest = body.text("digest");
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            body.fault("digest", "digest must be sha256: and 64 hexadecimal digits");
        }
        DecisionKind kind = decision(body);
        String reason = reason(body);
        body.check();
        return new Fields()
                .each(
                        "items",
                        approvals.decideIdentical(caller.verified(), digest, kind, reason),
                        ApprovalJson::outcome)
                .json()
                .toString();
    }

    /** Returns the decision, or any where there is none: then the body is faulty. */
    private static DecisionKind decision(Body body) {
        String decision = body.text("decision");
        return Arrays.stream(DecisionKind.values())
                .filter(each -> each.label().equals(decision))
                .findFirst()
                .orElseGet(() -> {
                    body.fault("decision", "decision must be approve or reject");
                    return DecisionKind.REJECT;
                });
    }

    private static String reason(Body body) {
        String reason = body.optional("reason").orElse("");
        if (reason.length() > MAX_REASON) {
            body.fault("reason", "reason may have at most " + MAX_REASON + " characters");
        }
        return reason;
    }
}
