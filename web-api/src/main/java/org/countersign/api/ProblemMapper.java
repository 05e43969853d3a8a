package org.countersign.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Answers every exception with a problem. What nobody foresaw is logged and not shown. */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        Optional<Problem> known = Problems.of(failure);
        if (known.isEmpty()) {
            UUID incident = UUID.randomUUID();
            LOG.errorf(failure, "request failed unexpectedly incident=%s", incident);
            return Problem.of(ProblemType.INTERNAL, "The log of the gateway has the reason under " + incident + ".")
                    .response();
        }
        Response.ResponseBuilder answer = known.orElseThrow().builder();
        if (failure instanceof WebApplicationException web) {
            Optional.ofNullable(web.getResponse().getHeaderString(HttpHeaders.ALLOW))
                    .ifPresent(allowed -> answer.header(HttpHeaders.ALLOW, withoutOptions(allowed)));
        }
        return answer.build();
    }

    /** JAX-RS adds OPTIONS to every resource; {@link BearerFilter} takes it away. */
    private static String withoutOptions(String allowed) {
        return Arrays.stream(allowed.split(","))
                .map(String::strip)
                .filter(method -> !method.equals(HttpMethod.OPTIONS))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
