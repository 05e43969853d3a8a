package org.countersign.core.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.target.TestTargets;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.BreakGlass;
import org.countersign.model.policy.Constraints;
import org.countersign.model.policy.Eligibility;
import org.countersign.model.policy.Exceptions;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Grant;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Registry;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RiskModel;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.session.Principal;

/** Grants for tests, of the role maker on shop. */
public final class TestGrants {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Principal AGENT = TestPrincipals.agent("orders-agent", "alice");
    static final Principal FRANK = TestPrincipals.person("frank");

    private TestGrants() {}

    /** Of all of the role maker on shop, to orders-agent. */
    public static Grant inForce() {
        return new Grant(
                UUID.randomUUID(),
                Grant.Kind.GRANT,
                Grant.Holder.of(AGENT),
                "maker",
                GrantFacts.scope("shop", List.of("*"), List.of("*"), List.of("*")),
                Instant.parse("2026-11-22T11:00:00Z"),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** What orders-agent asked for, and nobody has decided. */
    static GrantEntity asked(boolean single) {
        GrantEntity grant = GrantEntity.asked(
                "makers", AGENT, AGENT.responsiblePersons(), wish(Duration.ofHours(1), single), 1, NOW);
        grant.decidedBy(UUID.randomUUID());
        return grant;
    }

    /** What orders-agent has for an hour. */
    static GrantEntity given(boolean single) {
        GrantEntity grant = asked(single);
        grant.begin(NOW);
        return grant;
    }

    /** What frank took for ten minutes. */
    static GrantEntity taken() {
        return GrantEntity.taken(
                glass(), FRANK, FRANK.responsiblePersons(), wish(Duration.ofMinutes(10), false), 1, NOW);
    }

    private static Wish wish(Duration duration, boolean single) {
        return new Wish(
                "maker", "shop", List.of("*"), List.of("*"), List.of(), duration, single, "it is needed", "T-1");
    }

    static BreakGlass glass() {
        return new BreakGlass(
                "shop-is-down",
                holders(Set.of(), Set.of("frank")),
                "maker",
                List.of(new Glob("*")),
                Duration.ofMinutes(30),
                new Approvers(Set.of("auditor"), Set.of(), Set.of()),
                Duration.ofDays(1),
                Set.of());
    }

    /** @param requesters client ids, who may ask for the role maker */
    static Eligibility makers(String... requesters) {
        return new Eligibility(
                "makers",
                "maker",
                holders(Set.of(requesters), Set.of()),
                List.of(new Glob("*")),
                Duration.ofHours(1),
                false,
                false,
                new ApprovalRequirement(List.of(), 1, Duration.ofMinutes(15), Duration.ofMinutes(5)));
    }

    private static RolePolicy.Holders holders(Set<String> clients, Set<String> users) {
        return new RolePolicy.Holders(Set.of(), Set.of(), clients, users);
    }

    static PolicySnapshot policy(Eligibility eligibility) {
        return policy(2, new Exceptions(List.of(eligibility), List.of(glass())));
    }

    static PolicySnapshot policy(long version, Exceptions exceptions) {
        var role = new RolePolicy(
                "maker",
                holders(Set.of(), Set.of()),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        List.of(new Glob("sql:insert")),
                        List.of(new ResourcePattern("public.*")),
                        List.of())),
                Map.of(),
                Long.MAX_VALUE);
        var target = TestTargets.of("shop");
        return new PolicySnapshot(
                version,
                Map.of("shop", target),
                List.of(role),
                List.of(),
                new Constraints(List.of(), List.of(target), List.of(role)),
                Registry.EMPTY,
                RiskModel.DEFAULT,
                exceptions);
    }

    /** Grants in memory. */
    static final class Kept extends AccessGrants {
        private final Map<UUID, GrantEntity> all = new LinkedHashMap<>();

        Kept(GrantEntity... grants) {
            for (GrantEntity grant : grants) {
                add(grant);
            }
        }

        @Override
        void add(GrantEntity grant) {
            all.put(grant.id(), grant);
        }

        @Override
        Optional<GrantEntity> lock(UUID id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        Optional<GrantEntity> lockAskedBy(UUID approval) {
            return all.values().stream()
                    .filter(grant -> grant.approval().filter(approval::equals).isPresent())
                    .findFirst();
        }

        @Override
        List<GrantEntity> lockActive() {
            return all.values().stream()
                    .filter(grant -> grant.state() == GrantState.ACTIVE)
                    .toList();
        }
    }

    /** Shows one policy. */
    static final class Board extends PolicyBoard {
        PolicySnapshot shown;

        Board(PolicySnapshot shown) {
            this.shown = shown;
        }

        @Override
        public Optional<PolicySnapshot> current() {
            return Optional.of(shown);
        }
    }
}
