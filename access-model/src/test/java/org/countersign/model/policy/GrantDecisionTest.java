package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CARD;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.EMAIL;
import static org.countersign.model.policy.Drafts.NAME;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.allowed;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.globs;
import static org.countersign.model.policy.ShopPolicy.select;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.model.CountersignError;
import org.countersign.model.Timestamp;
import org.countersign.model.command.Command;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.session.SessionFacts;
import org.junit.jupiter.api.Test;

/** What somebody may do and see by what he has for a time, and what not. */
final class GrantDecisionTest {
    private static final Set<String> NONE = Set.of();

    private final ShopPolicy policy = new ShopPolicy();
    private final List<Grant> grants = new ArrayList<>();

    GrantDecisionTest() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL));
        policy.roles.add(new RolePolicy(
                "clear",
                RolePolicy.Holders.NOBODY,
                List.of(new Permission(
                        globs("*"), globs("sql:select", "sql:update"), List.of(new ResourcePattern("*")), List.of())),
                ShopPolicy.CLEAR,
                Long.MAX_VALUE));
    }

    @Test
    void whatIsGrantedRunsAndIsNamedAndNothingElse() {
        assertThat(denied(decide(reading(ORDERS, "id").build())).rules()).containsExactly("no-permission");
        Grant grant = grant("sql:select", ORDERS);
        assertThat(allowed(decide(reading(ORDERS, "id").build())).rules()).containsExactly(grant.rule());
        denied(decide(command("update", access("update", ORDERS, "note")).build()));
        denied(decide(reading("public.payments", "id").build()));
        // what his role permits needs no grant, so that none is used for it
        assertThat(allowed(decide(reading(CUSTOMERS, "full_name")
                                .returning(Set.of(NAME))
                                .build()))
                        .rules())
                .containsExactly("reader");
    }

    @Test
    void aGrantedColumnIsShownAndNoOther() {
        grant("sql:select", CUSTOMERS + ".(id,email)");
        Verdict.Allow alone = allowed(
                decide(reading(CUSTOMERS, "email").returning(Set.of(EMAIL)).build()));
        assertThat(alone.masks().columns()).containsExactly(MaskKind.CLEAR);
        assertThat(alone.masks().messagesScrubbed()).isTrue();
        Verdict.Allow both = allowed(decide(reading(CUSTOMERS, "email", "card_number")
                .returning(Set.of(EMAIL), Set.of(CARD), Set.of(EMAIL, CARD))
                .build()));
        assertThat(both.masks().columns()).containsExactly(MaskKind.CLEAR, MaskKind.REDACT, MaskKind.REDACT);
        // a condition on it is one now, on the other it is not
        allowed(decide(reading(CUSTOMERS, "email").examining(EMAIL).build()));
        assertThat(denied(decide(reading(CUSTOMERS, "email", "card_number")
                                .examining(CARD)
                                .build()))
                        .rules())
                .containsExactly("masked-column-in-expression");
    }

    /** Detectors run over the whole result, so what they would hide again is no use of the grant. */
    @Test
    void aGrantIsNotUsedForWhatTheDetectorsHideAgain() {
        Grant grant = grant("sql:select", CUSTOMERS + ".(id,card_number)");
        Verdict.Allow both = allowed(decide(reading(CUSTOMERS, "card_number", "email")
                .returning(Set.of(CARD), Set.of(EMAIL))
                .build()));
        assertThat(both.rules()).containsExactly("reader");
        assertThat(both.masks().columns()).containsExactly(MaskKind.REDACT, MaskKind.PARTIAL);
        Verdict.Allow alone = allowed(
                decide(reading(CUSTOMERS, "card_number").returning(Set.of(CARD)).build()));
        assertThat(alone.rules()).contains(grant.rule());
        assertThat(alone.masks().columns()).containsExactly(MaskKind.CLEAR);
        assertThat(alone.masks().detectors()).doesNotContainKey("pan");
    }

    @Test
    void aGrantToWriteShowsNothing() {
        grant("sql:update", CUSTOMERS + ".(email)");
        assertThat(allowed(decide(reading(CUSTOMERS, "email")
                                .returning(Set.of(EMAIL))
                                .build()))
                        .masks()
                        .columns())
                .containsExactly(MaskKind.PARTIAL);
    }

    @Test
    void aViewIsWithinTheGrantOnlyWhenTheWholeCommandIs() {
        grant("sql:select", "public.contact");
        assertThat(columns(reading("public.contact", "email")
                        .returning(Set.of(EMAIL))
                        .build()))
                .containsExactly(MaskKind.CLEAR);
        Command joined = command(
                        "select", access("select", "public.contact", "email"), access("select", CUSTOMERS, "id"))
                .returning(Set.of(EMAIL))
                .build();
        assertThat(columns(joined)).containsExactly(MaskKind.PARTIAL);
    }

    @Test
    void itGivesNothingOnceItsTimeIsOverAndTheRefusalSaysSo() {
        Grant over = grant("sql:select", ORDERS, false, NOW, Optional.empty(), Optional.empty(), NONE);
        Verdict.Deny deny = denied(decide(reading(ORDERS, "id").build()));
        assertThat(deny.rules()).containsExactly("grant-ended", over.rule());
        assertThat(deny.message())
                .contains("The grant " + over.id() + " of the role clear has run out at " + Timestamp.of(NOW));
        grants.clear();
        grant(
                "sql:select",
                ORDERS,
                false,
                NOW.plusSeconds(60),
                Optional.empty(),
                Optional.of(new Grant.End(NOW, "was revoked by bob")),
                NONE);
        assertThat(denied(decide(reading(ORDERS, "id").build())).message())
                .contains("was revoked by bob at " + Timestamp.of(NOW));
    }

    @Test
    void aSingleOperationIsItsCommandsAndNoOthers() {
        SessionFacts session = policy.session();
        Grant.Use use = new Grant.Use(session.id(), 4);
        grant("sql:select", ORDERS, true, NOW.plusSeconds(60), Optional.of(use), Optional.empty(), NONE);
        Command read = reading(ORDERS, "id").build();
        PolicySnapshot snapshot = policy.snapshot().with(new Grants(grants));
        assertThat(PolicyDecision.decide(snapshot, session, read, 3, NOW)).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(PolicyDecision.decide(snapshot, session, read, 4, NOW))
                        .message())
                .contains("was for one command, which has run");
        assertThat(PolicyDecision.decide(snapshot, policy.session(), read, 3, NOW))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void anAccountOfTheSameNameOrAnotherChainHasNothingOfIt() {
        grant("sql:select", ORDERS);
        policy.principal = ShopPolicy.person("support-agent");
        denied(decide(reading(ORDERS, "id").build()));
        policy.principal = ShopPolicy.agent("other-agent");
        denied(decide(reading(ORDERS, "id").build()));
    }

    @Test
    void constraintsHoldForWhatIsGrantedUnlessTheManifestOverridesThem() {
        policy.constraints.add(new StaticConstraint("apart", TargetSelector.everyTarget(), Set.of("reader", "clear")));
        grant("sql:select", ORDERS);
        Verdict.Deny deny = denied(decide(reading(ORDERS, "id").build()));
        assertThat(deny.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
        grants.clear();
        grant("sql:select", ORDERS, false, NOW.plusSeconds(60), Optional.empty(), Optional.empty(), Set.of("apart"));
        allowed(decide(reading(ORDERS, "id").build()));
    }

    @Test
    void sidesOfADynamicConstraintAreTakenByWhatIsGranted() {
        policy.constraints.add(new DynamicConstraint(
                "one-side",
                TargetSelector.everyTarget(),
                DynamicConstraint.Per.SESSION,
                Set.of("reader", "clear"),
                List.of(),
                Optional.empty(),
                ""));
        grant("sql:select", ORDERS);
        Command read = reading(ORDERS, "id").build();
        PolicySnapshot snapshot = policy.snapshot().with(new Grants(grants));
        SessionFacts session = policy.session();
        Verdict.Allow allow = allowed(PolicyDecision.decide(snapshot, session, read, 0, NOW));
        assertThat(DutyUse.of(snapshot, session, read, allow))
                .extracting(DutyUse::sides)
                .containsExactly(Set.of("clear"));
    }

    @Test
    void anAgentGetsNoRoleThatItIsNotRegisteredFor() {
        policy.registry = new Registry(
                Map.of(
                        "support-agent",
                        new AgentRegistration(
                                "support-agent",
                                "frank",
                                "assistant",
                                "",
                                "",
                                Set.of("reader"),
                                Optional.empty(),
                                Optional.empty())),
                List.of());
        grant("sql:select", ORDERS);
        denied(decide(reading(ORDERS, "id").build()));
    }

    private Verdict decide(Command command) {
        return PolicyDecision.decide(policy.snapshot().with(new Grants(grants)), policy.session(), command, 3, NOW);
    }

    private List<MaskKind> columns(Command command) {
        return allowed(decide(command)).masks().columns();
    }

    private Grant grant(String action, String resource) {
        return grant(action, resource, false, NOW.plusSeconds(60), Optional.empty(), Optional.empty(), NONE);
    }

    private Grant grant(
            String action,
            String resource,
            boolean single,
            Instant endsAt,
            Optional<Grant.Use> use,
            Optional<Grant.End> end,
            Set<String> overrides) {
        var grant = new Grant(
                UUID.randomUUID(),
                Grant.Kind.GRANT,
                Grant.Holder.of(ShopPolicy.agent("support-agent")),
                "clear",
                new Permission(globs("shop"), globs(action), List.of(new ResourcePattern(resource)), List.of()),
                endsAt,
                overrides,
                single,
                use,
                end);
        grants.add(grant);
        return grant;
    }
}
