package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.explain.ExplainRequest;
import org.countersign.core.explain.ExplainService;
import org.countersign.model.port.AccessRefusedException;

/** What a text would do and what the policy says to it, without running it. */
@Path("explain")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {
    /** Twice the longest text that a listener takes by default: JSON escapes some of it. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    @Inject
    ExplainService explanations;

    @Inject
    CurrentCaller caller;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String explain(InputStream in, @Context HttpServletRequest request)
            throws IOException, AccessRefusedException {
        Body body = Body.object(in, Set.of("target", "principal", "text"), MAX_BYTES);
        String target = body.text("target");
        Optional<String> principal = body.optional("principal");
        String text = body.text("text");
        body.check();
        String address = request.getRemoteAddr() + ":" + request.getRemotePort();
        return ExplanationJson.of(explanations.explain(
                        caller.verified(), new ExplainRequest(target, principal, text, address, request.isSecure())))
                .toString();
    }
}
