package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.countersign.core.approval.Requests.NOW;
import static org.countersign.core.approval.Requests.ORDERS_AGENT;
import static org.countersign.core.approval.Requests.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.ParameterView;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.SignIn;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.ApprovalRequirement.Match;
import org.countersign.model.policy.ApprovalStep;
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.StepUp;
import org.countersign.model.policy.TargetPolicy.Owners;
import org.countersign.model.policy.Verdict;
import org.countersign.model.policy.WeeklyWindow;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class ApprovalEntityTest {
    private static final Caller BOB = caller("bob", "approver");
    private static final Caller GINA = caller("gina", "approver");

    @Test
    void isApprovedByOnePersonWhenOneIsEnough() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(1);

        decide(approval, BOB, DecisionKind.APPROVE, NOW.plusSeconds(10));

        assertThat(approval.state()).isEqualTo(State.APPROVED);
        ApprovalView view = approval.view(Optional.empty(), "url", NOW);
        assertThat(view.executeBy()).contains(NOW.plusSeconds(310));
        assertThat(view.decisions()).extracting(ApprovalView.DecisionView::by).containsExactly("bob");
    }

    @Test
    void countsDistinctPersonsForItsQuorum() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(2);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertThat(approval.state()).isEqualTo(State.PENDING);
        assertRefused(approval, BOB, RefusalReason.ALREADY_DECIDED);

        decide(approval, GINA, DecisionKind.APPROVE, NOW);
        assertThat(approval.state()).isEqualTo(State.APPROVED);
    }

    @Test
    void opensItsStepsOneAfterTheOther() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(requirement(false, step("lead", 2), step("dpo", 1)));
        Caller ann = caller("ann", "lead");
        Caller dora = caller("dora", "dpo");

        assertRefused(approval, dora, RefusalReason.NOT_YOUR_STEP_YET);
        decide(approval, ann, DecisionKind.APPROVE, NOW);
        assertRefused(approval, dora, RefusalReason.NOT_YOUR_STEP_YET);
        decide(approval, caller("lou", "lead"), DecisionKind.APPROVE, NOW);

        assertThat(approval.state()).isEqualTo(State.PENDING);
        assertRefused(approval, caller("len", "lead"), RefusalReason.ALREADY_DECIDED);
        decide(approval, dora, DecisionKind.APPROVE, NOW);
        assertThat(approval.state()).isEqualTo(State.APPROVED);
        assertThat(approval.view(Optional.empty(), "url", NOW).decisions())
                .extracting(ApprovalView.DecisionView::step)
                .containsExactly(0, 0, 1);
    }

    @Test
    void countsNobodyInTwoSteps() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(requirement(false, step("lead", 1), step("dpo", 1)));
        Caller both = caller("ann", "lead", "dpo");
        decide(approval, both, DecisionKind.APPROVE, NOW);

        assertRefused(approval, both, RefusalReason.ALREADY_DECIDED);
        Caller second = caller("zoe", "dpo");
        assertThat(approval.refusal(decider(second, Set.of(second.person(), both.person())), around(Set.of()), NOW))
                .contains(RefusalReason.ALREADY_DECIDED);
        assertThat(approval.state()).isEqualTo(State.PENDING);
    }

    @Test
    void saysWhereItStandsOnItsSteps() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(requirement(false, step("lead", 1), step("dpo", 2), step("cfo", 1)));
        decide(approval, caller("ann", "lead"), DecisionKind.APPROVE, NOW);
        decide(approval, caller("dora", "dpo"), DecisionKind.APPROVE, NOW);

        ApprovalView view = approval.view(Optional.empty(), "url", NOW);
        assertThat(view.quorum()).isEqualTo(4);
        assertThat(view.steps())
                .containsExactly(
                        new ApprovalView.StepView("people with the role lead", 1, 1, ApprovalView.StepState.DONE),
                        new ApprovalView.StepView("people with the role dpo", 2, 1, ApprovalView.StepState.OPEN),
                        new ApprovalView.StepView("people with the role cfo", 1, 0, ApprovalView.StepState.LATER));
    }

    @Test
    void wantsAReasonForEveryDecisionWhereTheRuleDoes() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(requirement(true, step("approver", 1)));

        for (DecisionKind kind : DecisionKind.values()) {
            assertThatThrownBy(() -> approval.decide(decider(BOB), around(Set.of()), kind, " \n", NOW))
                    .isInstanceOfSatisfying(
                            ApprovalRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.REASON_REQUIRED));
        }
        assertThat(approval.state()).isEqualTo(State.PENDING);
        assertThat(approval.view(Optional.empty(), "url", NOW).terms().reasonRequired())
                .isTrue();
        assertRefused(approval, caller("alice", "approver"), RefusalReason.SELF_APPROVAL);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);
        assertThat(approval.state()).isEqualTo(State.APPROVED);
    }

    @Test
    void countsADelegateAndHisDelegatorAsOne() throws ApprovalRefusedException {
        var gina = delegator(GINA);
        var zoe = new Decider(caller("zoe"), Set.of(caller("zoe").person()), List.of(gina), Set.of());
        ApprovalEntity approval = pending(2);

        approval.decide(zoe, around(Set.of()), DecisionKind.APPROVE, "", NOW);

        assertThat(approval.view(Optional.empty(), "url", NOW).decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.inPlaceOf()).contains("gina"));
        assertRefused(approval, GINA, RefusalReason.ALREADY_DECIDED);
        assertThat(approval.refusal(zoe, around(Set.of()), NOW)).contains(RefusalReason.ALREADY_DECIDED);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);
        assertThat(approval.state()).isEqualTo(State.APPROVED);
    }

    @Test
    void countsThemAsOneAlsoWhenEachIsAnApprover() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(2);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);
        var ofBob = delegator(BOB);
        var delegate = new Decider(GINA, Set.of(GINA.person()), List.of(ofBob), Set.of());
        var delegator = new Decider(GINA, Set.of(GINA.person()), List.of(), Set.of(BOB.person()));

        assertThat(approval.refusal(delegate, around(Set.of()), NOW)).contains(RefusalReason.ALREADY_DECIDED);
        assertThat(approval.refusal(delegator, around(Set.of()), NOW)).contains(RefusalReason.ALREADY_DECIDED);
        assertThat(approval.refusal(decider(GINA), around(Set.of()), NOW)).isEmpty();
    }

    @Test
    void asksForAFreshSignInLast() {
        ApprovalEntity approval = pending(with(new ApprovalTerms(
                false,
                false,
                ExecutionTimes.ALWAYS,
                Optional.of(new StepUp(Duration.ofMinutes(10), Optional.of(Set.of("gold")))))));
        Principal bob = BOB.principal();

        assertThat(approval.refusal(decider(BOB), around(Set.of()), NOW)).contains(RefusalReason.SIGN_IN_AGAIN);
        assertThat(approval.refusal(decider(signedIn(bob, NOW.minusSeconds(601), "gold")), around(Set.of()), NOW))
                .contains(RefusalReason.SIGN_IN_AGAIN);
        assertThat(approval.refusal(decider(signedIn(bob, NOW, "1")), around(Set.of()), NOW))
                .contains(RefusalReason.SIGN_IN_AGAIN);
        assertThat(approval.refusal(decider(signedIn(bob, NOW.minusSeconds(600), "gold")), around(Set.of()), NOW))
                .isEmpty();
        assertRefused(approval, caller("carol", "auditor"), RefusalReason.NOT_AN_APPROVER);
    }

    @Test
    void letsOwnersOfTheTargetAndManagersDecideWhereTheRuleSaysSo() {
        var owners = new Approvers(Set.of(), Set.of(), Set.of(), true, false, Match.ANY);
        var managers = new Approvers(Set.of(), Set.of(), Set.of(), false, true, Match.ANY);
        Caller olga = caller("olga");
        var around = new Surroundings(
                Set.of(), new Owners(Set.of("olga"), Set.of("/dba")), Set.of(new Person(Requests.ISSUER, "max")));

        ApprovalEntity byOwner = pending(requirement(false, new ApprovalStep(owners, 1)));
        assertThat(byOwner.refusal(decider(olga), around, NOW)).isEmpty();
        assertThat(byOwner.refusal(decider(caller("max")), around, NOW)).contains(RefusalReason.NOT_AN_APPROVER);
        ApprovalEntity byManager = pending(requirement(false, new ApprovalStep(managers, 1)));
        assertThat(byManager.refusal(decider(caller("max")), around, NOW)).isEmpty();
        assertThat(byManager.refusal(decider(olga), around, NOW)).contains(RefusalReason.NOT_AN_APPROVER);
        assertThat(byManager.refusal(decider(caller("max")), around(Set.of()), NOW))
                .contains(RefusalReason.NOT_AN_APPROVER);
    }

    @Test
    void takesFurtherPersonsWhenItTakesLongAndSaysSoOnce() {
        var step = new ApprovalStep(
                new Approvers(Set.of("lead"), Set.of(), Set.of()),
                1,
                Optional.of(new ApprovalStep.Escalation(
                        Duration.ofMinutes(10), new Approvers(Set.of("boss"), Set.of(), Set.of()))));
        ApprovalEntity approval = pending(requirement(false, step));
        Caller boss = caller("ben", "boss");

        assertThat(approval.refusal(decider(boss), around(Set.of()), NOW.plusSeconds(599)))
                .contains(RefusalReason.NOT_AN_APPROVER);
        assertThat(approval.escalate(NOW.plusSeconds(599))).isFalse();
        assertThat(approval.refusal(decider(boss), around(Set.of()), NOW.plusSeconds(600)))
                .isEmpty();
        assertThat(approval.escalate(NOW.plusSeconds(600))).isTrue();
        assertThat(approval.escalate(NOW.plusSeconds(601))).isFalse();
        assertThat(approval.view(Optional.empty(), "url", NOW).terms().escalatedAt())
                .contains(NOW.plusSeconds(600));
    }

    @Test
    void runsWithinItsHoursOnly() throws ApprovalRefusedException {
        // 10:00 UTC on a Sunday
        ApprovalEntity approval = pending(with(new ApprovalTerms(
                false,
                false,
                new ExecutionTimes(List.of(List.of(WeeklyWindow.parse("Sun 22:00-04:00 UTC")))),
                Optional.empty())));
        Instant opening = Instant.parse("2026-11-22T22:00:00Z");
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertThat(approval.waitsUntil(NOW)).contains(opening);
        assertThat(approval.answered(NOW)).isFalse();
        assertThat(approval.overdue(opening.plusSeconds(299))).isFalse();
        assertThatThrownBy(() -> approval.consume(NOW)).isInstanceOf(IllegalStateException.class);
        assertThat(approval.answered(opening)).isTrue();
        assertThat(approval.overdue(opening.plusSeconds(300))).isTrue();
        approval.consume(opening);
        assertThat(approval.state()).isEqualTo(State.EXECUTED);
    }

    @Test
    void isOverAtOnceWhenItsHoursNeverMeet() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(with(new ApprovalTerms(
                false,
                false,
                new ExecutionTimes(List.of(
                        List.of(WeeklyWindow.parse("Mon 10:00-11:00 UTC")),
                        List.of(WeeklyWindow.parse("Tue 10:00-11:00 UTC")))),
                Optional.empty())));
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertThat(approval.expire(NOW)).isTrue();
    }

    @Test
    void isTakenBackUntilItRan() throws ApprovalRefusedException {
        Person alice = new Person(Requests.ISSUER, "alice");
        ApprovalEntity approval = pending(1);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertThat(approval.takeBack(alice, NOW)).isTrue();
        assertThat(approval.state()).isEqualTo(State.WITHDRAWN);
        assertThat(approval.takeBack(alice, NOW)).isFalse();
        ApprovalEntity ran = pending(1);
        decide(ran, BOB, DecisionKind.APPROVE, NOW);
        ran.consume(NOW);
        assertThat(ran.takeBack(alice, NOW)).isFalse();
        assertThat(pending(1).takeBack(alice, NOW.plusSeconds(900))).isFalse();
    }

    private static ApprovalRequirement with(ApprovalTerms terms) {
        return new ApprovalRequirement(
                List.of(step("approver", 1)), Duration.ofMinutes(15), Duration.ofMinutes(5), terms);
    }

    private static Caller signedIn(Principal who, Instant at, String level) {
        return new Caller(who, new SignIn(Optional.of(at), Optional.of(level)), NOW.plusSeconds(300));
    }

    @Test
    void isRejectedByOnePersonWhateverTheQuorum() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(3);

        decide(approval, BOB, DecisionKind.REJECT, NOW);

        assertThat(approval.state()).isEqualTo(State.REJECTED);
        assertThat(approval.outcome().by()).containsExactly("bob");
        assertThat(approval.outcome().reason()).isEqualTo("because");
    }

    @Test
    void refusesMachinesBeforeAnythingElse() {
        ApprovalEntity approval = pending(1);

        assertRefused(approval, caller(ORDERS_AGENT), RefusalReason.MACHINE_APPROVAL);
        assertRefused(approval, caller(Requests.person("bob", "grafana", "approver")), RefusalReason.MACHINE_APPROVAL);
        assertRefused(
                approval,
                caller(Requests.agent("countersign-portal", "bob", List.of(new Actor("s", "bob")))),
                RefusalReason.MACHINE_APPROVAL);
    }

    @Test
    void refusesTheOwnerBeforeAskingWhetherHeIsAnApprover() {
        assertRefused(pending(1), caller("alice"), RefusalReason.SELF_APPROVAL);
        assertRefused(pending(1), caller("alice", "approver", "admin"), RefusalReason.SELF_APPROVAL);
    }

    @Test
    void refusesEverybodyInTheActChain() {
        Principal exchanged = Requests.agent("orders-agent", "alice", List.of(new Actor("s1", "Bob")));
        ApprovalEntity approval = new ApprovalEntity(
                UUID.randomUUID(),
                Requests.held(exchanged, SessionId.random(), Requests.update("7"), 1, false),
                Set.of(),
                NOW);

        assertRefused(approval, BOB, RefusalReason.SELF_APPROVAL);
    }

    @Test
    void refusesAnActorWhomTheChainNamesByItsSubjectOnly() {
        Principal exchanged =
                Requests.agent("orders-agent", "alice", List.of(new Actor("subject-of-bob", "subject-of-bob")));
        ApprovalEntity approval = new ApprovalEntity(
                UUID.randomUUID(),
                Requests.held(exchanged, SessionId.random(), Requests.update("7"), 1, false),
                Set.of(),
                NOW);

        assertRefused(approval, BOB, RefusalReason.SELF_APPROVAL);
    }

    @Test
    void refusesTheAccountThatAskedUnderAnotherName() {
        ApprovalEntity approval = new ApprovalEntity(
                UUID.randomUUID(),
                Requests.held(
                        Requests.person("frank", "countersign-cli"),
                        SessionId.random(),
                        Requests.update("7"),
                        1,
                        false),
                Set.of(),
                NOW);
        Principal frank = Requests.person("frank", "countersign-portal");
        var renamed = new Principal(
                frank.issuer(),
                frank.subject(),
                "franklin",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of("approver"),
                Set.of(),
                "countersign-portal",
                Optional.empty());

        assertRefused(approval, caller(renamed), RefusalReason.SELF_APPROVAL);
    }

    @Test
    void refusesTheOwnerOfTheTimeOfTheRequestAndTheOneOfToday() {
        ApprovalEntity approval = pending(1);
        Set<Person> today = Set.of(new Person(Requests.ISSUER, "bob"));
        Caller alice = caller("alice", "approver");

        assertThat(approval.refusal(decider(BOB), around(today), NOW)).contains(RefusalReason.SELF_APPROVAL);
        assertThat(approval.refusal(decider(alice), around(today), NOW)).contains(RefusalReason.SELF_APPROVAL);
        assertThat(approval.refusal(decider(GINA), around(today), NOW)).isEmpty();
    }

    @Test
    void refusesWhoeverIsNoApproverEvenWhenItIsOver() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(1);
        assertRefused(approval, caller("carol", "auditor"), RefusalReason.NOT_AN_APPROVER);

        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertRefused(approval, caller("carol", "auditor"), RefusalReason.NOT_AN_APPROVER);
        assertRefused(approval, GINA, RefusalReason.ALREADY_DECIDED);
    }

    @Test
    void hasNoApproversWhenItsRequirementNamesNone() {
        HeldCommand held = Requests.held(false);
        var nobody = new HeldCommand(
                held.session(),
                held.command(),
                held.commandsSoFar(),
                held.digest(),
                new Verdict.Hold(
                        List.of(),
                        new ApprovalRequirement(List.of(), 1, Duration.ofMinutes(1), Duration.ofMinutes(1)),
                        ""),
                held.policyVersion(),
                false);

        assertRefused(new ApprovalEntity(UUID.randomUUID(), nobody, Set.of(), NOW), BOB, RefusalReason.NOT_AN_APPROVER);
    }

    @Test
    void refusesALateDecisionBeforeAnybodyMarkedItExpired() {
        ApprovalEntity approval = pending(1);

        assertThat(approval.refusal(decider(BOB), around(Set.of()), NOW.plus(Duration.ofMinutes(15))))
                .contains(RefusalReason.EXPIRED);
        assertThat(approval.expire(NOW.plus(Duration.ofMinutes(15)))).isTrue();
        assertThat(approval.state()).isEqualTo(State.EXPIRED);
        assertRefused(approval, BOB, RefusalReason.EXPIRED);
    }

    @Test
    void isConsumedOnce() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(1);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        approval.consume(NOW);

        assertThat(approval.state()).isEqualTo(State.EXECUTED);
        assertThatThrownBy(() -> approval.consume(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isNotConsumedUndecidedOrTooLate() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(1);
        assertThatThrownBy(() -> approval.consume(NOW)).isInstanceOf(IllegalStateException.class);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertThatThrownBy(() -> approval.consume(NOW.plus(Duration.ofMinutes(5))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(approval.expire(NOW.plus(Duration.ofMinutes(5)))).isTrue();
    }

    @Test
    void staysDecidedWhenItsClientLeaves() throws ApprovalRefusedException {
        ApprovalEntity approval = pending(1);
        decide(approval, BOB, DecisionKind.APPROVE, NOW);

        assertThat(approval.withdraw("client left")).isFalse();
        assertThat(approval.state()).isEqualTo(State.APPROVED);
    }

    @Test
    void isWithdrawnWhenItsClientLeavesUnlessItIsDeferred() {
        ApprovalEntity waiting = pending(1);
        ApprovalEntity deferred = new ApprovalEntity(UUID.randomUUID(), Requests.held(true), Set.of(), NOW);

        assertThat(waiting.withdraw("client left")).isTrue();
        assertThat(deferred.withdraw("client left")).isFalse();
        assertThat(waiting.state()).isEqualTo(State.WITHDRAWN);
        assertThat(deferred.state()).isEqualTo(State.PENDING);
        assertRefused(waiting, BOB, RefusalReason.ALREADY_DECIDED);
    }

    @Test
    void keepsWhatItShows() {
        ApprovalView view = pending(1).view(Optional.of(RefusalReason.SELF_APPROVAL), "http://portal/approvals/1", NOW);

        assertThat(view.principal().name()).isEqualTo("orders-agent");
        assertThat(view.principal().owner()).contains("alice");
        assertThat(view.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo("update");
            assertThat(command.text()).isEqualTo(Requests.update("7").text());
            assertThat(command.parameters())
                    .extracting(ParameterView::value)
                    .containsExactly(Optional.of("7"), Optional.empty());
            assertThat(command.actions()).containsExactly("sql:update");
            assertThat(command.resources()).containsExactly("public.orders.(status)");
        });
        assertThat(view.targetLabels()).containsEntry("env", "prod");
        assertThat(view.mayDecide()).isFalse();
        assertThat(view.why()).contains(RefusalReason.SELF_APPROVAL);
    }

    @Test
    void showsEachOfSeveralStatements() {
        var several = SqlCommand.several(
                "update …; update …",
                List.of(Requests.update("7"), Requests.update("8")),
                List.of("search_path=public"),
                false);
        ApprovalView view = new ApprovalEntity(
                        UUID.randomUUID(),
                        Requests.held(ORDERS_AGENT, SessionId.random(), several, 1, false),
                        Set.of(),
                        NOW)
                .view(Optional.empty(), "http://portal/approvals/1", NOW);
        assertThat(view.commands())
                .extracting(command -> command.parameters().getFirst().value())
                .containsExactly(Optional.of("7"), Optional.of("8"));
        assertThat(view.commands()).allSatisfy(command -> {
            assertThat(command.text()).isEqualTo(Requests.update("7").text());
            assertThat(command.actions()).containsExactly("sql:update");
        });
    }

    private static ApprovalRequirement requirement(boolean reasons, ApprovalStep... steps) {
        return new ApprovalRequirement(
                List.of(steps),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                new ApprovalTerms(false, reasons, ExecutionTimes.ALWAYS, Optional.empty()));
    }

    private static ApprovalStep step(String role, int quorum) {
        return new ApprovalStep(new Approvers(Set.of(role), Set.of(), Set.of()), quorum);
    }

    private static ApprovalEntity pending(ApprovalRequirement requirement) {
        HeldCommand held = Requests.held(false);
        return new ApprovalEntity(
                UUID.randomUUID(),
                new HeldCommand(
                        held.session(),
                        held.command(),
                        held.commandsSoFar(),
                        held.digest(),
                        new Verdict.Hold(List.of("in-steps"), requirement, ""),
                        held.policyVersion(),
                        false),
                Set.of(),
                NOW);
    }

    private static ApprovalEntity pending(int quorum) {
        return new ApprovalEntity(
                UUID.randomUUID(),
                Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("7"), quorum, false),
                Set.of(),
                NOW);
    }

    @Test
    void refusesASecondAccountOfWhoAskedAndOfWhoDecided() {
        ApprovalEntity approval = pending(2);
        Caller second = caller("zoe", "approver");
        Set<Person> ofAlice = Set.of(second.person(), new Person(Requests.ISSUER, "alice"));
        Set<Person> ofBob = Set.of(second.person(), BOB.person());

        assertThat(approval.refusal(decider(second, ofAlice), around(Set.of()), NOW))
                .contains(RefusalReason.SELF_APPROVAL);
        assertThat(approval.refusal(decider(second, ofBob), around(Set.of()), NOW))
                .isEmpty();
        assertThatCode(() -> decide(approval, BOB, DecisionKind.APPROVE, NOW)).doesNotThrowAnyException();
        assertThat(approval.refusal(decider(second, ofBob), around(Set.of()), NOW))
                .contains(RefusalReason.ALREADY_DECIDED);
    }

    private static Delegator delegator(Caller caller) {
        Person person = caller.person();
        return new Delegator(
                new AccountFacts(person, Optional.empty(), Set.of("approver"), Set.of(), NOW), Set.of(person));
    }

    private static Decider decider(Caller caller) {
        return decider(caller, caller.principal().responsiblePersons());
    }

    private static Decider decider(Caller caller, Set<Person> himself) {
        return new Decider(caller, himself, List.of(), Set.of());
    }

    private static Surroundings around(Set<Person> behindNow) {
        return new Surroundings(behindNow, Owners.NOBODY, Set.of());
    }

    private static void decide(ApprovalEntity approval, Caller caller, DecisionKind kind, Instant now)
            throws ApprovalRefusedException {
        approval.decide(decider(caller), around(Set.of()), kind, "because", now);
    }

    private static void assertRefused(ApprovalEntity approval, Caller caller, RefusalReason reason) {
        State before = approval.state();
        ApprovalRefusedException refused = catchThrowableOfType(
                ApprovalRefusedException.class, () -> decide(approval, caller, DecisionKind.APPROVE, NOW));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(approval.state()).isEqualTo(before);
    }
}
