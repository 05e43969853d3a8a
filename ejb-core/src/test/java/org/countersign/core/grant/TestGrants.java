package org.countersign.core.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.model.policy.Grant;

/** Grants for tests of what looks at them. */
public final class TestGrants {
    private TestGrants() {}

    /** Of all of the role maker on shop, to orders-agent. */
    public static Grant inForce() {
        return new Grant(
                UUID.randomUUID(),
                Grant.Kind.GRANT,
                Grant.Holder.of(TestPrincipals.agent("orders-agent", "alice")),
                "maker",
                GrantFacts.scope("shop", List.of("*"), List.of("*"), List.of("*")),
                Instant.parse("2026-11-22T11:00:00Z"),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
