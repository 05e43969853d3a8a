package org.countersign.portal.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.Caller;
import org.countersign.model.session.Principal;

/** People who are signed in to the portal. */
public final class TestCallers {
    private TestCallers() {}

    public static Principal person(String name, String... realmRoles) {
        return new Principal(
                "https://issuer",
                "id-of-" + name,
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(realmRoles),
                Set.of(),
                "countersign-portal",
                Optional.empty());
    }

    /** @param tokenEndsAt when the token ends that the person signed in with */
    public static Caller caller(Instant tokenEndsAt, String name, String... realmRoles) {
        return new Caller(person(name, realmRoles), tokenEndsAt);
    }
}
