package org.countersign.api;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import org.countersign.core.identity.CallerService;
import org.countersign.model.port.AccessRefusedException;

/** Lets nobody in without a verified token, and says nothing about what exists before that. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class BearerFilter implements ContainerRequestFilter {
    @Inject
    CallerService callers;

    @Inject
    CurrentCaller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        var token = BearerToken.of(
                Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
                        .orElse(List.of()),
                request.getUriInfo().getQueryParameters().keySet());
        switch (token) {
            case BearerToken.Present present -> verify(request, present);
            case BearerToken.Absent() ->
                abort(
                        request,
                        Problem.of(ProblemType.NOT_SIGNED_IN, "A bearer token is needed."),
                        "Bearer realm=\"countersign\"");
            case BearerToken.Misplaced(String why) ->
                abort(request, Problem.of(ProblemType.INVALID_REQUEST, why), "Bearer error=\"invalid_request\"");
        }
    }

    private void verify(ContainerRequestContext request, BearerToken.Present present) {
        try {
            caller.is(callers.verify(present.token()));
        } catch (AccessRefusedException refused) {
            Problem problem = Problems.refusal(refused);
            if (problem.type() == ProblemType.NOT_SIGNED_IN) {
                abort(request, problem, "Bearer error=\"invalid_token\"");
            } else {
                request.abortWith(problem.response());
            }
            return;
        }
        // without this the container would answer OPTIONS by itself: nothing here is meant for other origins
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            request.abortWith(Problem.of(ProblemType.METHOD_NOT_ALLOWED, "OPTIONS is not offered.")
                    .response());
        }
    }

    private static void abort(ContainerRequestContext request, Problem problem, String challenge) {
        request.abortWith(problem.builder()
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build());
    }
}
