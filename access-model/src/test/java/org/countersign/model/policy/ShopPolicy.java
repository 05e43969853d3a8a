package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CARD;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.EMAIL;
import static org.countersign.model.policy.Drafts.PROFILE;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;

/** A policy in the making for the target shop, and what it decides about the principal. */
final class ShopPolicy {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Map<String, MaskKind> CLEAR = Map.of("*", MaskKind.CLEAR);

    final List<RolePolicy> roles = new ArrayList<>();
    final List<Guardrail> guardrails = new ArrayList<>();
    final List<SegregationConstraint> constraints = new ArrayList<>();
    Registry registry = Registry.EMPTY;
    Principal principal = agent("support-agent");

    Verdict decide(Drafts.Draft draft) {
        return decide(draft.build());
    }

    Verdict decide(Command command) {
        return PolicyDecision.decide(snapshot(), session(), command, 3, NOW);
    }

    List<MaskKind> columns(FieldName... sources) {
        return allowed(decide(reading(CUSTOMERS, "email").returning(Set.of(sources))))
                .masks()
                .columns();
    }

    static Verdict.Deny denied(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Deny.class);
        return (Verdict.Deny) verdict;
    }

    static Verdict.Allow allowed(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Allow.class);
        return (Verdict.Allow) verdict;
    }

    PolicySnapshot snapshot() {
        var shop = new TargetPolicy(
                "shop",
                Map.of("env", "prod"),
                "postgresql",
                "127.0.0.1",
                5432,
                "shop",
                "disable",
                List.of(),
                Map.of(
                        EMAIL, Set.of("email"),
                        CARD, Set.of("pan"),
                        PROFILE, Set.of("email", "phone")),
                Set.of(PROFILE),
                Set.of("pan", "iban", "secret"));
        return new PolicySnapshot(7, Map.of("shop", shop), roles, guardrails, constraints, registry);
    }

    SessionFacts session() {
        return new SessionFacts(
                SessionId.random(), principal, "shop", "postgresql", Map.of(), "127.0.0.1:5000", false, NOW);
    }

    static Principal agent(String name) {
        return new Principal(
                "https://idp",
                "sub-" + name,
                name,
                true,
                Optional.of(new Person("https://idp", "frank")),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }

    static Principal person(String name) {
        return new Principal(
                "https://idp",
                "sub-" + name,
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

    static RolePolicy.Holders holders(String client) {
        return new RolePolicy.Holders(Set.of(), Set.of(), Set.of(client), Set.of());
    }

    void role(String name, Permission permission, Map<String, MaskKind> masking) {
        roles.add(new RolePolicy(name, holders("support-agent"), List.of(permission), masking, Long.MAX_VALUE));
    }

    static Permission select(String resource) {
        return permission(List.of("shop"), "sql:select", resource);
    }

    static List<Glob> globs(String... texts) {
        return Stream.of(texts).map(Glob::new).toList();
    }

    static Permission permission(List<String> targets, String action, String resource) {
        return new Permission(
                targets.stream().map(Glob::new).toList(),
                List.of(new Glob(action)),
                List.of(new ResourcePattern(resource)),
                List.of());
    }

    void guardrail(String name, Guardrail.Effect effect, int priority, Condition condition) {
        guardrails.add(new Guardrail(
                name,
                TargetSelector.everyTarget(),
                condition,
                effect,
                priority,
                "said by " + name,
                effect == Guardrail.Effect.APPROVE
                        ? approval(name, 1, Duration.ofMinutes(15), "approver").requirement()
                        : Optional.empty()));
    }

    static Guardrail approval(String name, int quorum, Duration expiresAfter, String role) {
        return new Guardrail(
                name,
                TargetSelector.everyTarget(),
                now -> true,
                Guardrail.Effect.APPROVE,
                0,
                "",
                Optional.of(new ApprovalRequirement(
                        List.of(new Approvers(Set.of(role), Set.of(), Set.of())),
                        quorum,
                        expiresAfter,
                        Duration.ofMinutes(5))));
    }
}
