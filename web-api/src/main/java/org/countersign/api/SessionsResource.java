package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.Caller;
import org.countersign.core.recording.CommandFilter;
import org.countersign.core.recording.RecordingSink;
import org.countersign.core.recording.SessionFilter;
import org.countersign.core.recording.SessionService;
import org.countersign.core.recording.SessionView;
import org.jboss.logging.Logger;

/** Sessions, their commands and their recordings. */
@Path("sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
    private static final Logger LOG = Logger.getLogger(SessionsResource.class);

    @Inject
    SessionService sessions;

    @Inject
    CurrentCaller caller;

    @GET
    public String list(@Context UriInfo uri) {
        var query = new Query(
                uri.getQueryParameters(), Set.of("principal", "target", "verdict", "from", "to", "limit", "after"));
        var filter = new SessionFilter(
                query.text("principal"),
                query.text("target"),
                query.constant("verdict", VerdictKind.class).map(Query::label),
                query.time("from"),
                query.time("to"),
                query.limit(),
                query.text("after"));
        query.check();
        return PageJson.of(sessions.list(caller.verified(), filter), SessionJson::of)
                .toString();
    }

    @GET
    @Path("{id}")
    public String one(@PathParam("id") String id) {
        return SessionJson.of(visible(caller.verified(), Ids.of(id))).toString();
    }

    @GET
    @Path("{id}/commands")
    public String commands(@PathParam("id") String id, @Context UriInfo uri) {
        var query = new Query(uri.getQueryParameters(), Set.of("verdict", "limit", "after"));
        var filter = new CommandFilter(
                query.constant("verdict", VerdictKind.class).map(Query::label), query.limit(), query.text("after"));
        query.check();
        return PageJson.of(sessions.commands(caller.verified(), Ids.of(id), filter), SessionJson::of)
                .toString();
    }

    @DELETE
    @Path("{id}")
    public void terminate(@PathParam("id") String id) {
        sessions.terminate(caller.verified(), Ids.of(id));
    }

    @GET
    @Path("{id}/recording")
    @Produces(Api.NDJSON)
    public StreamingOutput recording(@PathParam("id") String id) {
        Caller who = caller.verified();
        UUID session = visible(who, Ids.of(id)).id();
        return out -> stream(who, session, line -> {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        });
    }

    /** The container ends an answer that fails half-way as if it were whole: so the recording itself says that it is not. */
    private void stream(Caller who, UUID session, RecordingSink sink) throws IOException {
        try {
            sessions.recording(who, session, sink);
        } catch (RuntimeException | IOException e) {
            // fails again when it was the client who left
            sink.line(new Fields()
                    .text("type", "incomplete")
                    .text("detail", "The recording cannot be read to its end.")
                    .json()
                    .toString());
            LOG.errorf(e, "recording not readable to its end session=%s", session);
        }
    }

    private SessionView visible(Caller who, UUID session) {
        return sessions.find(who, session).orElseThrow(() -> new ProblemException(Problems.notFound()));
    }
}
