package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Registry;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.RolePolicy.Holders;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class TargetAccessTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final PolicySnapshot POLICY = new PolicySnapshot(
            1,
            Map.of("shop", target("shop"), "ledger", target("ledger")),
            List.of(role("writer", "shop", "frank", "dave"), role("auditor", "shop", "dave"), role("clerk", "ledger")),
            List.of(),
            List.of(new StaticConstraint(
                    "maker-is-not-checker", TargetSelector.everyTarget(), Set.of("writer", "auditor"))));

    @Test
    void letsInWhoeverHoldsARoleOnTheTarget() throws AccessRefusedException {
        assertThat(TargetAccess.check(Optional.of(POLICY), person("frank"), "shop", NOW)
                        .name())
                .isEqualTo("shop");
    }

    @Test
    void doesNotTellAStrangerWhichTargetsThereAre() {
        AccessRefusedException known = refusal(Optional.of(POLICY), "frank", "ledger");
        AccessRefusedException unknown = refusal(Optional.of(POLICY), "frank", "nothing");

        assertThat(known.error()).isEqualTo(CountersignError.UNKNOWN_TARGET);
        assertThat(known).hasMessage("There is no target of this name on which frank has a role.");
        assertThat(known.hint()).isEqualTo("Check the database name, or ask an administrator for a role.");
        assertThat(known).hasMessage(unknown.getMessage());
        assertThat(known.hint()).isEqualTo(unknown.hint());
    }

    @Test
    void refusesRolesThatExcludeEachOther() {
        AccessRefusedException refused = refusal(Optional.of(POLICY), "dave", "shop");

        assertThat(refused.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
        assertThat(refused).hasMessageContaining("auditor, writer");
    }

    @Test
    void refusesAnAgentOnceItsRegistrationIsOver() throws AccessRefusedException {
        var agents = new Registry(
                Map.of(
                        "bot",
                        new AgentRegistration(
                                "bot",
                                "olga",
                                "assistant",
                                "x",
                                "y",
                                Set.of("bots"),
                                Optional.of(NOW),
                                Optional.empty())),
                List.of());
        var role = new RolePolicy(
                "bots",
                new Holders(Set.of(), Set.of(), Set.of("bot"), Set.of()),
                role("any", "shop").permissions(),
                Map.of(),
                10);
        var policy = new PolicySnapshot(1, POLICY.targets(), List.of(role), List.of(), List.of(), agents);
        Principal bot = TestPrincipals.agent("bot", "olga");

        assertThat(TargetAccess.check(Optional.of(policy), bot, "shop", NOW.minusMillis(1))
                        .name())
                .isEqualTo("shop");
        assertThatThrownBy(() -> TargetAccess.check(Optional.of(policy), bot, "shop", NOW))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessage("The registration of the agent bot has expired.");
    }

    @Test
    void letsNobodyInWithoutAPolicy() {
        assertThat(refusal(Optional.empty(), "frank", "shop").error()).isEqualTo(CountersignError.POLICY_NOT_CONFIRMED);
    }

    private static AccessRefusedException refusal(Optional<PolicySnapshot> policy, String name, String target) {
        return catchThrowableOfType(
                AccessRefusedException.class, () -> TargetAccess.check(policy, person(name), target, NOW));
    }

    private static Principal person(String name) {
        return new Principal(
                "issuer",
                name,
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                "countersign-cli",
                Optional.empty());
    }

    private static TargetPolicy target(String name) {
        return new TargetPolicy(
                name, Map.of(), "postgresql", "127.0.0.1", 1, name, "disable", List.of(), Map.of(), Set.of(), Set.of());
    }

    private static RolePolicy role(String name, String target, String... users) {
        return new RolePolicy(
                name,
                new Holders(Set.of(), Set.of(), Set.of(), Set.of(users)),
                List.of(new Permission(
                        List.of(new Glob(target)),
                        List.of(new Glob("*")),
                        List.of(new ResourcePattern("*")),
                        List.of())),
                Map.of(),
                10);
    }
}
