package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
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
import org.countersign.core.agent.AgentService;
import org.countersign.core.agent.AgentView;
import org.countersign.core.agent.RotationService;

/** The inventory of agents. They are registered with manifests. */
@Path("agents")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AgentsResource {
    @Inject
    AgentService agents;

    @Inject
    RotationService rotations;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("state"));
        Optional<AgentView.State> state = query.constant("state", AgentView.State.class);
        query.check();
        return new Fields()
                .each(
                        "items",
                        agents.list(caller.verified()).stream()
                                .filter(agent -> state.isEmpty() || state.get() == agent.state())
                                .toList(),
                        AgentJson::of)
                .json()
                .toString();
    }

    @POST
    @Path("{client}/rotation")
    @Consumes(MediaType.APPLICATION_JSON)
    public String rotated(@PathParam("client") String client, InputStream in) throws IOException {
        Body body = Body.object(in, Set.of("reason"));
        String reason = body.text("reason");
        body.check();
        return rotations
                .rotated(caller.verified(), client, reason)
                .map(rotation -> new Fields()
                        .text("client", rotation.client())
                        .text("rotatedBy", rotation.by())
                        .time("rotatedAt", rotation.at())
                        .json()
                        .toString())
                .orElseThrow(() -> new ProblemException(Problems.notFound()));
    }

    @GET
    @Path("{client}")
    public String find(@PathParam("client") String client) {
        return agents.find(caller.verified(), client)
                .map(AgentJson::of)
                .map(JsonValue::toString)
                .orElseThrow(() -> new ProblemException(Problems.notFound()));
    }
}
