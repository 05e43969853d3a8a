package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

final class PolicyDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Map<String, MaskKind> CLEAR = Map.of("*", MaskKind.CLEAR);
    private static final String CUSTOMERS = "public.customers";
    private static final String ORDERS = "public.orders";
    private static final FieldName EMAIL = new FieldName(CUSTOMERS, "email");
    private static final FieldName CARD = new FieldName(CUSTOMERS, "card_number");
    private static final FieldName PROFILE = new FieldName(CUSTOMERS, "profile");
    private static final FieldName NAME = new FieldName(CUSTOMERS, "full_name");

    private final List<RolePolicy> roles = new ArrayList<>();
    private final List<Guardrail> guardrails = new ArrayList<>();
    private final List<StaticConstraint> constraints = new ArrayList<>();
    private Principal principal = agent("support-agent");

    // --- permissions

    @Test
    void allowsWhatARolePermits() {
        role("reader", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        assertThat(decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void deniesAnActionThatNoRolePermitsAndSaysWhich() {
        role("reader", select(ORDERS), Map.of());
        var deny = denied(
                decide(command("update", access("update", ORDERS, "note")).writing()));
        assertThat(deny.rules()).containsExactly("no-permission");
        assertThat(deny.error()).isEqualTo(CountersignError.DENIED);
        assertThat(deny.message()).contains("support-agent", "sql:update", "public.orders.(note)", "shop");
        assertThat(deny.hint()).contains("reader");
    }

    @Test
    void deniesWhenOnlyAPartIsCovered() {
        role("reader", select(ORDERS), Map.of());
        var deny = denied(decide(command("select", access("select", ORDERS, "id"), access("select", CUSTOMERS, "id"))));
        assertThat(deny.message()).contains(CUSTOMERS).doesNotContain(ORDERS);
    }

    @Test
    void twoRolesTogetherMayCoverACommand() {
        role("orders", select(ORDERS), Map.of("*", MaskKind.CLEAR));
        role("customers", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        var verdict = decide(command("select", access("select", ORDERS, "id"), access("select", CUSTOMERS, "id")));
        assertThat(verdict).isInstanceOf(Verdict.Allow.class);
        assertThat(verdict.rules()).containsExactly("customers", "orders");
    }

    @Test
    void principalWithoutARoleIsToldSo() {
        roles.add(new RolePolicy("other", holders("other-agent"), List.of(select("*")), Map.of(), Long.MAX_VALUE));
        var deny = denied(decide(command("begin")));
        assertThat(deny.rules()).containsExactly("no-role");
        assertThat(deny.message()).contains("support-agent", "shop");
    }

    @Test
    void roleOnAnotherTargetGivesNothing() {
        roles.add(new RolePolicy(
                "elsewhere",
                holders("support-agent"),
                List.of(permission(List.of("bank"), "sql:*", "*")),
                Map.of(),
                Long.MAX_VALUE));
        assertThat(denied(decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-role");
    }

    @Test
    void aPersonOfTheSameNameDoesNotHoldAnAgentsRole() {
        role("reader", select(CUSTOMERS), Map.of());
        principal = person("support-agent");
        assertThat(denied(decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-role");
    }

    @Test
    void commandWithoutResourcesNeedsOnlyARole() {
        role("reader", select(CUSTOMERS), Map.of());
        assertThat(decide(command("begin"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void unknownTargetIsDenied() {
        role("reader", select(CUSTOMERS), Map.of());
        var snapshot = new PolicySnapshot(1, Map.of(), roles, guardrails, constraints);
        var verdict = PolicyDecision.decide(
                snapshot, session(), reading(CUSTOMERS, "id").build(), 0, NOW);
        assertThat(denied(verdict).error()).isEqualTo(CountersignError.UNKNOWN_TARGET);
    }

    // --- column sets

    @Test
    void columnSetCoversItsColumnsAndCounting() {
        role("narrow", select("public.customers.(id,full_name)"), Map.of("*", MaskKind.CLEAR));
        assertThat(decide(reading(CUSTOMERS, "id", "full_name"))).isInstanceOf(Verdict.Allow.class);
        assertThat(decide(reading(CUSTOMERS))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void columnSetRejectsOtherColumnsAndTheWholeRow() {
        role("narrow", select("public.customers.(id,full_name)"), Map.of("*", MaskKind.CLEAR));
        assertThat(denied(decide(reading(CUSTOMERS, "id", "salary"))).message()).contains("salary");
        assertThat(decide(reading(CUSTOMERS, "*"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void quotedColumnMayHoldAComma() {
        role("narrow", select("public.customers.(id,\"a,b\")"), Map.of("*", MaskKind.CLEAR));
        assertThat(decide(reading(CUSTOMERS, "\"a,b\""))).isInstanceOf(Verdict.Allow.class);
        assertThat(decide(reading(CUSTOMERS, "a"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void everythingIsCoveredByTheStarAlone() {
        role("wide", permission(List.of("shop"), "sql:*", "public.*"), Map.of("*", MaskKind.CLEAR));
        assertThat(decide(utility("create table", "define"))).isInstanceOf(Verdict.Deny.class);
        role("dba", permission(List.of("shop"), "sql:*", "*"), Map.of("*", MaskKind.CLEAR));
        assertThat(decide(utility("create table", "define"))).isInstanceOf(Verdict.Allow.class);
    }

    // --- functions

    @Test
    void functionThatIsNotHarmlessHasToBeNamed() {
        role("reader", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        var calling = reading(CUSTOMERS, "id").calling("public.price(integer)");
        assertThat(denied(decide(calling)).message()).contains("the function public.price(integer)");
        role(
                "pricer",
                new Permission(List.of(new Glob("shop")), List.of(), List.of(), List.of(new Glob("public.price(*"))),
                Map.of("*", MaskKind.CLEAR));
        assertThat(decide(calling)).isInstanceOf(Verdict.Allow.class);
    }

    // --- masks

    @Test
    void masksAColumnAsItsClassIsListed() {
        role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL));
        var plan = allowed(decide(reading(CUSTOMERS, "email", "full_name").returning(Set.of(EMAIL), Set.of(NAME))))
                .masks();
        assertThat(plan.columns()).containsExactly(MaskKind.PARTIAL, MaskKind.CLEAR);
        assertThat(plan.messagesScrubbed()).isTrue();
    }

    @Test
    void classThatIsNotListedTakesTheStarAndWithoutOneIsRedacted() {
        role("reader", select(CUSTOMERS), Map.of("*", MaskKind.HASH));
        assertThat(columns(CARD)).containsExactly(MaskKind.HASH);
        roles.clear();
        role("reader", select(CUSTOMERS), Map.of());
        assertThat(columns(CARD)).containsExactly(MaskKind.REDACT);
    }

    @Test
    void strictestOfSeveralSourcesAndOfSeveralClassesHolds() {
        role(
                "reader",
                select(CUSTOMERS),
                Map.of("email", MaskKind.PARTIAL, "phone", MaskKind.LAST4, "pan", MaskKind.NULL));
        assertThat(columns(EMAIL, CARD)).containsExactly(MaskKind.NULL);
        assertThat(columns(PROFILE)).containsExactly(MaskKind.REDACT);
    }

    @Test
    void strictestOfSeveralRolesHolds() {
        role("one", select(CUSTOMERS), Map.of("pan", MaskKind.CLEAR));
        role("two", select(CUSTOMERS), Map.of("pan", MaskKind.FIRST6LAST4));
        assertThat(columns(CARD)).containsExactly(MaskKind.FIRST6LAST4);
    }

    @Test
    void roleThatCoversNothingOfTheCommandDoesNotMask() {
        role("one", select(CUSTOMERS), Map.of("pan", MaskKind.CLEAR));
        role("two", select(ORDERS), Map.of());
        assertThat(columns(CARD)).containsExactly(MaskKind.CLEAR);
    }

    @Test
    void detectorsUseTheMaskOfTheirClass() {
        role("reader", select(CUSTOMERS), Map.of("pan", MaskKind.FIRST6LAST4, "secret", MaskKind.CLEAR));
        var plan = allowed(decide(reading(CUSTOMERS, "id"))).masks();
        assertThat(plan.detectors()).isEqualTo(Map.of("pan", MaskKind.FIRST6LAST4, "iban", MaskKind.REDACT));
    }

    @Test
    void whoSeesEveryClassInClearGetsMessagesAsTheyAre() {
        role("dpo", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        var plan = allowed(decide(reading(CUSTOMERS, "email").returning(Set.of(EMAIL))))
                .masks();
        assertThat(plan.messagesScrubbed()).isFalse();
        assertThat(plan.clear()).isTrue();
    }

    @Test
    void smallestRowLimitHolds() {
        roles.add(new RolePolicy("a", holders("support-agent"), List.of(select("*")), Map.of(), 500));
        roles.add(new RolePolicy("b", holders("support-agent"), List.of(select("*")), Map.of(), 20));
        assertThat(allowed(decide(reading(CUSTOMERS, "id"))).masks().maxRows()).isEqualTo(20);
    }

    // --- other ways out

    @Test
    void maskedColumnInAnExpressionIsDenied() {
        role("reader", select(CUSTOMERS), Map.of());
        var deny = denied(decide(reading(CUSTOMERS, "id", "email").examining(EMAIL)));
        assertThat(deny.rules()).containsExactly("masked-column-in-expression");
        assertThat(deny.message()).contains("public.customers.email");
    }

    @Test
    void clearColumnInAnExpressionIsAllowed() {
        role("reader", select(CUSTOMERS), Map.of("email", MaskKind.CLEAR));
        assertThat(decide(reading(CUSTOMERS, "id", "email").examining(EMAIL, NAME)))
                .isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void maskedColumnMayNotBeMoved() {
        role("writer", permission(List.of("shop"), "sql:*", "public.*"), Map.of());
        var deny =
                denied(decide(command("insert", access("insert", ORDERS, "note"), access("select", CUSTOMERS, "email"))
                        .moving(EMAIL)));
        assertThat(deny.rules()).containsExactly("masked-column-moved");
    }

    @Test
    void maskedColumnMayBeWrittenOnlyWhenAPermissionListsIt() {
        role("writer", permission(List.of("shop"), "sql:*", "public.*"), Map.of());
        var update = command("update", access("update", CUSTOMERS, "email")).writing(EMAIL);
        assertThat(denied(decide(update)).rules()).containsExactly("masked-column-written");
        role("mailer", permission(List.of("shop"), "sql:update", "public.customers.(email)"), Map.of());
        assertThat(decide(update)).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void permissionToReadAColumnByNameDoesNotAllowToWriteIt() {
        role("writer", permission(List.of("shop"), "sql:update", CUSTOMERS), Map.of());
        role("reader", select("public.customers.(id,email)"), Map.of());
        var update = command("update", access("update", CUSTOMERS, "email"), access("select", CUSTOMERS, "email"))
                .writing(EMAIL);
        assertThat(denied(decide(update)).rules()).containsExactly("masked-column-written");
    }

    @Test
    void statementThatCannotBeInspectedNeedsEverythingInClear() {
        role("dba", permission(List.of("shop"), "sql:*", "*"), Map.of("pan", MaskKind.CLEAR));
        var deny = denied(decide(utility("vacuum", "maintain")));
        assertThat(deny.rules()).containsExactly("cannot-be-inspected");
        assertThat(deny.error()).isEqualTo(CountersignError.CANNOT_BE_INSPECTED);
    }

    // --- guardrails

    @Test
    void approveGuardrailHolds() {
        role("writer", permission(List.of("shop"), "sql:*", ORDERS), Map.of());
        guardrail(
                "needs-a-person",
                Guardrail.Effect.APPROVE,
                0,
                now -> now.command().effects().contains(Effect.WRITE));
        var hold = (Verdict.Hold)
                decide(command("update", access("update", ORDERS, "note")).writing());
        assertThat(hold.rules()).containsExactly("needs-a-person");
        assertThat(hold.message()).isEqualTo("said by needs-a-person");
        assertThat(hold.requirement().quorum()).isEqualTo(1);
        assertThat(decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void permissionComesBeforeGuardrails() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrail("hold-all", Guardrail.Effect.APPROVE, 0, now -> true);
        assertThat(denied(decide(reading(ORDERS, "id"))).rules()).containsExactly("no-permission");
    }

    @Test
    void denyBeatsApproveAndIsNeverLifted() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrail("hold", Guardrail.Effect.APPROVE, 5, now -> true);
        guardrail("never", Guardrail.Effect.DENY, 0, now -> true);
        guardrail("exception", Guardrail.Effect.ALLOW, 100, now -> true);
        assertThat(denied(decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("never");
    }

    @Test
    void allowLiftsApprovalsOfALowerPriorityOnly() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrail("low", Guardrail.Effect.APPROVE, 1, now -> true);
        guardrail("same", Guardrail.Effect.APPROVE, 2, now -> true);
        guardrail("exception", Guardrail.Effect.ALLOW, 2, now -> true);
        assertThat(decide(reading(CUSTOMERS, "id")).rules()).containsExactly("same");
    }

    @Test
    void allowDoesNotStandInForAPermission() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrail("exception", Guardrail.Effect.ALLOW, 9, now -> true);
        assertThat(decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void conditionWithoutAnAnswerCountsAgainstTheCommand() {
        role("reader", select(CUSTOMERS), Map.of());
        Condition broken = now -> {
            throw new Condition.ConditionFailedException("broken", new IllegalStateException());
        };
        guardrail("hold", Guardrail.Effect.APPROVE, 0, now -> true);
        guardrail("exception", Guardrail.Effect.ALLOW, 9, broken);
        assertThat(decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Hold.class);
        guardrail("never", Guardrail.Effect.DENY, 0, broken);
        assertThat(denied(decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("never");
    }

    @Test
    void conditionThatThrowsAnythingElseCountsAsWell() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrail("hold", Guardrail.Effect.APPROVE, 0, now -> {
            throw new IllegalStateException();
        });
        assertThat(decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void strictestUnionOfRequirementsHolds() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrails.add(approval("one", 1, Duration.ofMinutes(15), "approver"));
        guardrails.add(approval("two", 3, Duration.ofMinutes(60), "dpo"));
        var asked = ((Verdict.Hold) decide(reading(CUSTOMERS, "id"))).requirement();
        assertThat(asked.quorum()).isEqualTo(3);
        assertThat(asked.expiresAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(asked.approvers()).hasSize(2);
    }

    @Test
    void guardrailOfOtherTargetsDoesNotApply() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrails.add(new Guardrail(
                "staging-only",
                new TargetSelector(List.of(), Map.of("env", "staging")),
                now -> true,
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty()));
        assertThat(decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void conditionSeesTheLabelsOfNowAndTheClassesTouched() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrail(
                "pan-in-prod",
                Guardrail.Effect.DENY,
                0,
                now -> now.classes().contains("pan")
                        && "prod".equals(now.session().targetLabels().get("env"))
                        && now.roles().contains("reader"));
        assertThat(decide(reading(CUSTOMERS, "card_number").returning(Set.of(CARD))))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    // --- after an approval

    @Test
    void approvedCommandRunsWithItsMasks() {
        role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL));
        guardrails.add(approval("hold", 1, Duration.ofMinutes(15), "approver"));
        var command = reading(CUSTOMERS, "email").returning(Set.of(EMAIL)).build();
        var hold = (Verdict.Hold) PolicyDecision.decide(snapshot(), session(), command, 0, NOW);
        var again = PolicyDecision.decideApproved(snapshot(), session(), command, 0, NOW, hold.requirement());
        assertThat(allowed(again).masks().columns()).containsExactly(MaskKind.PARTIAL);
    }

    @Test
    void approvalDoesNotOutliveThePermission() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrails.add(approval("hold", 1, Duration.ofMinutes(15), "approver"));
        var hold = (Verdict.Hold) decide(reading(CUSTOMERS, "id"));
        roles.clear();
        role("reader", select(ORDERS), Map.of());
        var again = PolicyDecision.decideApproved(
                snapshot(), session(), reading(CUSTOMERS, "id").build(), 0, NOW, hold.requirement());
        assertThat(denied(again).rules()).containsExactly("no-permission");
    }

    @Test
    void approvalDoesNotMeetARequirementThatGrewMeanwhile() {
        role("reader", select(CUSTOMERS), Map.of());
        guardrails.add(approval("hold", 1, Duration.ofMinutes(15), "approver"));
        var hold = (Verdict.Hold) decide(reading(CUSTOMERS, "id"));
        guardrails.add(approval("two-more", 2, Duration.ofMinutes(15), "approver"));
        var again = PolicyDecision.decideApproved(
                snapshot(), session(), reading(CUSTOMERS, "id").build(), 0, NOW, hold.requirement());
        assertThat(denied(again).error()).isEqualTo(CountersignError.APPROVAL_NEEDED);
    }

    // --- constraints and failure

    @Test
    void holderOfTwoSeparatedRolesIsRefused() {
        role("maker", select(CUSTOMERS), Map.of());
        role("checker", select(ORDERS), Map.of());
        constraints.add(new StaticConstraint(
                "maker-is-not-checker", TargetSelector.everyTarget(), Set.of("maker", "checker", "third")));
        var deny = denied(decide(reading(CUSTOMERS, "id")));
        assertThat(deny.rules()).containsExactly("maker-is-not-checker");
        assertThat(deny.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
        assertThat(deny.message()).contains("checker, maker").doesNotContain("third");
    }

    @Test
    void failureInsideIsADenial() {
        roles.add(new RolePolicy("odd", holders("support-agent"), List.of(select("*")), Map.of(), 10));
        guardrails.add(new Guardrail(
                "deep",
                TargetSelector.everyTarget(),
                PolicyDecisionTest::deep,
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty()));
        assertThat(decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Deny.class);
        var verdict = PolicyDecision.decide(snapshot(), session(), new BrokenAnalysis().command(), 0, NOW);
        assertThat(verdict).isInstanceOf(Verdict.Deny.class);
    }

    private static boolean deep(Condition.Situation situation) {
        return deep(situation) || deep(situation);
    }

    /** A command whose resource has no name any more. */
    private static final class BrokenAnalysis {
        Command command() {
            return PolicyDecisionTest.command("select", new Access(Action.sql("select"), new Resource.Routine(null)))
                    .build();
        }
    }

    // --- fixtures

    private Verdict decide(Draft draft) {
        return decide(draft.build());
    }

    private Verdict decide(Command command) {
        return PolicyDecision.decide(snapshot(), session(), command, 3, NOW);
    }

    private List<MaskKind> columns(FieldName... sources) {
        return allowed(decide(reading(CUSTOMERS, "email").returning(Set.of(sources))))
                .masks()
                .columns();
    }

    private static Verdict.Deny denied(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Deny.class);
        return (Verdict.Deny) verdict;
    }

    private static Verdict.Allow allowed(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Allow.class);
        return (Verdict.Allow) verdict;
    }

    private PolicySnapshot snapshot() {
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
        return new PolicySnapshot(7, Map.of("shop", shop), roles, guardrails, constraints);
    }

    private SessionFacts session() {
        return new SessionFacts(
                SessionId.random(), principal, "shop", "postgresql", Map.of(), "127.0.0.1:5000", false, NOW);
    }

    private static Principal agent(String name) {
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

    private static Principal person(String name) {
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

    private static RolePolicy.Holders holders(String client) {
        return new RolePolicy.Holders(Set.of(), Set.of(), Set.of(client), Set.of());
    }

    private void role(String name, Permission permission, Map<String, MaskKind> masking) {
        roles.add(new RolePolicy(name, holders("support-agent"), List.of(permission), masking, Long.MAX_VALUE));
    }

    private static Permission select(String resource) {
        return permission(List.of("shop"), "sql:select", resource);
    }

    // --- several statements

    @Test
    void aDenialOfOneStatementDeniesAll() {
        role("everything", new Permission(globs("*"), globs("*"), List.of(new ResourcePattern("*")), List.of()), CLEAR);
        guardrail(
                "no-deletes",
                Guardrail.Effect.DENY,
                0,
                now -> now.command().kind().equals("delete"));
        var deny = denied(decide(several(reading(ORDERS, "id"), command("delete", access("delete", ORDERS, "id")))));
        assertThat(deny.rules()).containsExactly("no-deletes");
    }

    @Test
    void aStatementWithoutPermissionDeniesAll() {
        role("reader", select(ORDERS), CLEAR);
        var deny = denied(decide(several(reading(ORDERS, "id"), reading(CUSTOMERS, "id"))));
        assertThat(deny.rules()).containsExactly("no-permission");
    }

    @Test
    void theHoldsOfTwoStatementsAskForBoth() {
        role("everything", new Permission(globs("*"), globs("*"), List.of(new ResourcePattern("*")), List.of()), CLEAR);
        guardrail("a", Guardrail.Effect.APPROVE, 0, now -> now.command().kind().equals("insert"));
        guardrail("b", Guardrail.Effect.APPROVE, 0, now -> now.command().kind().equals("delete"));
        var verdict = decide(several(
                command("insert", access("insert", ORDERS, "id")),
                reading(ORDERS, "id"),
                command("delete", access("delete", ORDERS, "id"))));
        assertThat(verdict).isInstanceOf(Verdict.Hold.class);
        assertThat(verdict.rules()).containsExactly("a", "b");
        assertThat(((Verdict.Hold) verdict).message()).isEqualTo("said by a said by b");
    }

    @Test
    void aRuleAboutTheNumberOfStatementsSeesAll() {
        role("reader", select(ORDERS), CLEAR);
        guardrail("one", Guardrail.Effect.DENY, 0, now -> now.command().statements() > 1);
        assertThat(decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(decide(several(reading(ORDERS, "id"), reading(ORDERS, "id"))))
                        .rules())
                .containsExactly("one");
    }

    @Test
    void theMasksOfSeveralStatementsFollowEachOther() {
        role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL, "*", MaskKind.CLEAR));
        var verdict = decide(several(
                reading(CUSTOMERS, "id").returning(Set.of(), Set.of(EMAIL)),
                reading(CUSTOMERS, "id").returning(Set.of(EMAIL))));
        assertThat(((Verdict.Allow) verdict).masks().columns())
                .containsExactly(MaskKind.CLEAR, MaskKind.PARTIAL, MaskKind.PARTIAL);
    }

    private static Command several(Draft... drafts) {
        return SqlCommand.several(
                "the text",
                Stream.of(drafts).map(draft -> (SqlCommand) draft.build()).toList(),
                List.of(),
                false);
    }

    private static List<Glob> globs(String... texts) {
        return Stream.of(texts).map(Glob::new).toList();
    }

    private static Permission permission(List<String> targets, String action, String resource) {
        return new Permission(
                targets.stream().map(Glob::new).toList(),
                List.of(new Glob(action)),
                List.of(new ResourcePattern(resource)),
                List.of());
    }

    private void guardrail(String name, Guardrail.Effect effect, int priority, Condition condition) {
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

    private static Guardrail approval(String name, int quorum, Duration expiresAfter, String role) {
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

    private static Access access(String verb, String relation, String... columns) {
        return new Access(Action.sql(verb), new Resource.Relation(relation, Set.of(columns)));
    }

    private static Draft reading(String relation, String... columns) {
        return command("select", access("select", relation, columns));
    }

    private static Draft utility(String kind, String verb) {
        return command(kind, new Access(Action.sql(verb), new Resource.Everything()));
    }

    private static Draft command(String kind, Access... accesses) {
        return new Draft(
                kind, List.of(accesses), Set.of(Effect.READ), List.of(), List.of(), Set.of(), Set.of(), Set.of());
    }

    /** A command in the making. */
    private record Draft(
            String kind,
            List<Access> accesses,
            Set<Effect> effects,
            List<String> functions,
            List<OutputField> outputs,
            Set<FieldName> examined,
            Set<FieldName> moved,
            Set<FieldName> written) {
        Draft writing(FieldName... fields) {
            return new Draft(kind, accesses, Set.of(Effect.WRITE), functions, outputs, examined, moved, Set.of(fields));
        }

        Draft calling(String function) {
            return new Draft(kind, accesses, effects, List.of(function), outputs, examined, moved, written);
        }

        @SafeVarargs
        final Draft returning(Set<FieldName>... sources) {
            List<OutputField> fields = List.of(sources).stream()
                    .map(source -> new OutputField("column", source))
                    .toList();
            return new Draft(kind, accesses, effects, functions, fields, examined, moved, written);
        }

        Draft examining(FieldName... fields) {
            return new Draft(kind, accesses, effects, functions, outputs, Set.of(fields), moved, written);
        }

        Draft moving(FieldName... fields) {
            return new Draft(
                    kind, accesses, Set.of(Effect.WRITE), functions, outputs, examined, Set.of(fields), written);
        }

        Command build() {
            return new SqlCommand(
                    kind,
                    "the text",
                    List.of(),
                    new SqlAnalysis(
                            accesses, effects, functions, true, outputs, examined, moved, written, List.of(), ""),
                    List.of(),
                    false);
        }
    }
}
