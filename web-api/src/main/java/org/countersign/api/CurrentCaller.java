package org.countersign.api;

import jakarta.enterprise.context.RequestScoped;
import org.countersign.core.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Who sent this request; {@link BearerFilter} says it before any resource runs. */
@RequestScoped
public class CurrentCaller {
    private @Nullable Caller caller;

    void is(Caller verified) {
        caller = verified;
    }

    /** @throws ProblemException when nobody verified a token: a resource was reached around the filter */
    Caller verified() {
        if (caller == null) {
            throw new ProblemException(Problem.of(ProblemType.NOT_SIGNED_IN, "A bearer token is needed."));
        }
        return caller;
    }
}
