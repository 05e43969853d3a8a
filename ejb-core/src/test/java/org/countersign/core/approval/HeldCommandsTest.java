package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.countersign.core.approval.Requests.NOW;
import static org.countersign.core.approval.Requests.ORDERS_AGENT;
import static org.countersign.core.approval.Requests.caller;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.CoreSettings;
import org.countersign.core.FakeEvent;
import org.countersign.core.TickingClock;
import org.countersign.core.UnknownIdException;
import org.countersign.core.grant.GrantUses;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Principals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ActBacklog;
import org.countersign.core.segregation.CommandJudge;
import org.countersign.core.segregation.ConflictBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.core.segregation.SessionDuties;
import org.countersign.model.CountersignError;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.policy.Verdict;
import org.countersign.model.policy.WeeklyWindow;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.ApprovalDesk.Receipt;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.CommandDesk.Ruling;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class HeldCommandsTest {
    private static final CoreSettings SETTINGS = new CoreSettings(
            URI.create(Requests.ISSUER),
            "countersign-api",
            URI.create("http://localhost:8080"),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Path.of("unused"),
            Path.of("unused"));

    private static final Verdict.Deny CONFLICT = new Verdict.Deny(
            List.of("changer-is-not-releaser"), CountersignError.CONFLICT_OF_DUTIES, "bob changed it", "");
    private static final String CARD = "4111111111111111";

    private final FakeApprovals approvals = new FakeApprovals();
    private final TickingClock clock = new TickingClock(NOW);
    private final FakeEvent<ApprovalCommitted> committed = new FakeEvent<>();
    private final FakeBoard board = new FakeBoard(Optional.of(policy(1, true)));
    private final FewAccounts accounts = new FewAccounts();
    private final FakePrincipals principals = new FakePrincipals();
    private final ResponsiblePersons responsible = new ResponsiblePersons(principals, accounts, board);
    private final FakeSuspensions suspensions = new FakeSuspensions();
    private final FakePast past = new FakePast();
    private final KeptAttempts attempts = new KeptAttempts();
    private final HeldCommands held = new HeldCommands(
            approvals,
            responsible,
            suspensions,
            board,
            new CommandJudge(new SessionDuties(), new ActBacklog(), new ConflictBoard()),
            past,
            attempts,
            new NoUses(),
            SETTINGS,
            clock,
            committed);
    private final Deciders deciders =
            new Deciders(responsible, accounts, new FakeDelegations(), new FakeSuspensions(), board);
    private final ApprovalService service = new ApprovalService(
            approvals,
            new OpenRequests(approvals, deciders),
            deciders,
            attempts,
            new NoHabits(),
            new DecidersPast(past, board),
            board,
            SETTINGS,
            clock,
            committed);

    private static final class NoUses extends GrantUses {
        @Override
        public Optional<Verdict.Deny> refusal(List<UUID> named, SessionFacts session, long command, Instant now) {
            return Optional.empty();
        }

        @Override
        public void use(List<UUID> named, SessionFacts session, long command, Instant now) {
            // nothing here stands on a grant
        }
    }

    private static final class FakeBoard extends PolicyBoard {
        private Optional<PolicySnapshot> snapshot;

        FakeBoard(Optional<PolicySnapshot> snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<PolicySnapshot> current() {
            return snapshot;
        }
    }

    /** Accounts of one person, once a test finds that out. */
    private static final class FewAccounts extends Accounts {
        private final Set<Person> onePerson = new HashSet<>();

        @Override
        public Set<Person> linked(Collection<Person> persons) {
            var linked = new HashSet<>(persons);
            if (persons.stream().anyMatch(onePerson::contains)) {
                linked.addAll(onePerson);
            }
            return linked;
        }

        @Override
        public Optional<AccountFacts> facts(Person account) {
            return Optional.empty();
        }
    }

    private static final class FakePrincipals extends Principals {
        private final Set<Person> newOwners = new HashSet<>();

        @Override
        public Set<Person> responsibleNow(Principal principal) {
            var persons = new HashSet<>(principal.responsiblePersons());
            persons.addAll(newOwners);
            return persons;
        }
    }

    @Test
    void answersARequestWithItsPage() {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));

        assertThat(receipt.state()).isEqualTo(State.PENDING);
        assertThat(receipt.url()).isEqualTo("http://localhost:8080/approvals/" + receipt.approval());
        assertThat(receipt.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
        assertThat(committed.fired()).hasSize(1);
    }

    @Test
    void makesASecondRequestForAClientThatWaits() {
        assertThat(held.request(UUID.randomUUID(), Requests.held(false)).approval())
                .isNotEqualTo(
                        held.request(UUID.randomUUID(), Requests.held(false)).approval());
    }

    @Test
    void findsTheDeferredRequestAgainFromAnotherSessionOfThePrincipal() throws ApprovalRefusedException {
        Receipt first = held.request(UUID.randomUUID(), Requests.held(true));
        HeldCommand again = Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("7"), 1, true);

        assertThat(held.request(UUID.randomUUID(), again).approval()).isEqualTo(first.approval());
        approve(first);

        Receipt approved = held.request(UUID.randomUUID(), again);
        assertThat(approved.approval()).isEqualTo(first.approval());
        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(held.redeem(approved.approval(), again).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    private String value(UUID approval, Caller reader) {
        return service.find(reader, approval)
                .orElseThrow()
                .commands()
                .getFirst()
                .parameters()
                .getFirst()
                .value()
                .orElseThrow();
    }

    @Test
    void showsWhatTheRequesterTypedAsTheReaderSeesItOnTheTarget() {
        UUID id = held.request(
                        UUID.randomUUID(),
                        Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update(CARD), 1, false))
                .approval();

        assertThat(value(id, Requests.caller("bob", "approver"))).isEqualTo("***");
        assertThat(value(id, Requests.caller(ORDERS_AGENT))).isEqualTo(CARD);
    }

    @Test
    void saysWhenAnApprovedCommandMayRun() throws ApprovalRefusedException {
        HeldCommand plain = Requests.held(true);
        ApprovalRequirement asked = plain.hold().requirement();
        var later = new HeldCommand(
                plain.session(),
                plain.command(),
                plain.commandsSoFar(),
                plain.digest(),
                new Verdict.Hold(
                        plain.hold().rules(),
                        new ApprovalRequirement(
                                asked.steps(),
                                asked.expiresAfter(),
                                asked.executeWithin(),
                                new ApprovalTerms(
                                        false,
                                        false,
                                        new ExecutionTimes(List.of(List.of(WeeklyWindow.parse("Sun 22:00-04:00 UTC")))),
                                        Optional.empty())),
                        ""),
                plain.policyVersion(),
                true);
        Receipt receipt = held.request(UUID.randomUUID(), later);
        approve(receipt);

        assertThat(held.redeem(receipt.approval(), later).verdict())
                .isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
                    assertThat(deny.rules()).containsExactly("not-yet");
                    assertThat(deny.message()).contains("2026-11-22 22:00:00 UTC");
                });
        clock.tick(Duration.ofHours(12));
        assertThat(held.redeem(receipt.approval(), later).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void makesANewDeferredRequestForAnotherValueAnotherPrincipalOrAfterTheUse() throws ApprovalRefusedException {
        Receipt first = held.request(UUID.randomUUID(), Requests.held(true));
        HeldCommand otherValue = Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("8"), 1, true);
        HeldCommand otherAgent = Requests.held(
                Requests.agent("deploy-agent", "alice", List.of()), SessionId.random(), Requests.update("7"), 1, true);

        assertThat(held.request(UUID.randomUUID(), otherValue).approval()).isNotEqualTo(first.approval());
        assertThat(held.request(UUID.randomUUID(), otherAgent).approval()).isNotEqualTo(first.approval());
        approve(first);
        held.redeem(first.approval(), Requests.held(true));
        assertThat(held.request(UUID.randomUUID(), Requests.held(true)).approval())
                .isNotEqualTo(first.approval());
    }

    @Test
    void doesNotHandTheApprovalOfOneAgentToAnotherThatActsForTheSamePerson() throws ApprovalRefusedException {
        HeldCommand asked =
                Requests.held(actingForAlice("orders-agent"), SessionId.random(), Requests.update("7"), 1, true);
        HeldCommand other =
                Requests.held(actingForAlice("other-agent"), SessionId.random(), Requests.update("7"), 1, true);
        Receipt first = held.request(UUID.randomUUID(), asked);
        approve(first);

        assertThat(held.redeem(first.approval(), other).verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(held.request(UUID.randomUUID(), other).approval()).isNotEqualTo(first.approval());
        assertThat(held.redeem(first.approval(), asked).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    /** An exchanged token: the client is the agent's, the subject is alice's. */
    private static Principal actingForAlice(String client) {
        return new Principal(
                Requests.ISSUER,
                "subject-of-alice",
                client,
                true,
                Optional.of(new Person(Requests.ISSUER, "frank")),
                Optional.of(new Person(Requests.ISSUER, "alice")),
                List.of(),
                Set.of(),
                Set.of(),
                client,
                Optional.empty());
    }

    @Test
    void makesANewDeferredRequestWhenTheOldOneIsOverdue() {
        Receipt first = held.request(UUID.randomUUID(), Requests.held(true));
        clock.tick(Duration.ofMinutes(15));

        Receipt second = held.request(UUID.randomUUID(), Requests.held(true));

        assertThat(second.approval()).isNotEqualTo(first.approval());
        assertThat(approvals.find(first.approval()).orElseThrow().state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void allowsAnApprovedCommandOnce() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);

        Ruling first = held.redeem(receipt.approval(), Requests.held(false));
        Ruling second = held.redeem(receipt.approval(), Requests.held(false));

        assertThat(first.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(first.policyVersion()).isEqualTo(1);
        assertDenied(second, CountersignError.DENIED, "already-used");
    }

    @Test
    void whoeverIsSuspendedSinceHeApprovedHasNotCountersigned() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        approve(receipt);
        suspensions.suspended.add(new Person(Requests.ISSUER, "bob"));

        Ruling ruling = held.redeem(receipt.approval(), Requests.held(true));

        assertDenied(ruling, CountersignError.DENIED, "signer-suspended");
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void whoeverCameToOwnTheAgentAfterHeApprovedHasNotCountersigned() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        approve(receipt);
        principals.newOwners.add(new Person(Requests.ISSUER, "bob"));

        Ruling ruling = held.redeem(receipt.approval(), Requests.held(true));

        assertDenied(ruling, CountersignError.CONFLICT_OF_DUTIES, "self-approval");
        assertThat(((Verdict.Deny) ruling.verdict()).message())
                .isEqualTo("bob, who countersigned this at 2026-11-22 10:00:00 UTC, answers for it by now.");
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(attempts.kept).containsExactly("orders-agent run-approved " + receipt.approval() + " self-approval");
    }

    @Test
    void aSecondAccountThatIsFoundOutAfterTheApprovalStopsTheCommand() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        approve(receipt);
        accounts.onePerson.add(new Person(Requests.ISSUER, "alice"));
        accounts.onePerson.add(new Person(Requests.ISSUER, "bob"));

        assertDenied(
                held.redeem(receipt.approval(), Requests.held(true)),
                CountersignError.CONFLICT_OF_DUTIES,
                "self-approval");
    }

    @Test
    void aQuorumOfTwoAccountsThatTurnOutToBeOnePersonsIsNone() throws ApprovalRefusedException {
        HeldCommand asked = Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("7"), 2, true);
        Receipt receipt = held.request(UUID.randomUUID(), asked);
        approve(receipt);
        service.decide(caller("zoe", "approver"), receipt.approval(), DecisionKind.APPROVE, "seen");
        accounts.onePerson.add(new Person(Requests.ISSUER, "bob"));
        accounts.onePerson.add(new Person(Requests.ISSUER, "zoe"));

        Ruling ruling = held.redeem(receipt.approval(), asked);

        assertDenied(ruling, CountersignError.CONFLICT_OF_DUTIES, "self-approval");
        assertThat(((Verdict.Deny) ruling.verdict()).message()).contains("bob and zoe are one person");
    }

    @Test
    void whatWasDoneMeanwhileStopsAnApprovedCommand() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        approve(receipt);
        past.obstacle = Optional.of(CONFLICT);

        assertDenied(
                held.redeem(receipt.approval(), Requests.held(true)),
                CountersignError.CONFLICT_OF_DUTIES,
                "changer-is-not-releaser");
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void whoeverDidWhatExcludesItDoesNotDecideAndIsToldWhy() {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        past.obstacle = Optional.of(CONFLICT);

        assertThatThrownBy(() -> approve(receipt))
                .isInstanceOfSatisfying(
                        ApprovalRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.CONFLICT_OF_DUTIES))
                .hasMessage("bob changed it");
        assertThat(past.noted).isEmpty();
        ApprovalView view =
                service.find(caller("bob", "approver"), receipt.approval()).orElseThrow();
        assertThat(view.mayDecide()).isFalse();
        assertThat(view.whyText()).isEqualTo("bob changed it");
        assertThat(service.find(caller("carol", "auditor"), receipt.approval())
                        .orElseThrow()
                        .why())
                .contains(RefusalReason.NOT_AN_APPROVER);
    }

    @Test
    void aDecisionIsAnActOfWhoeverTookIt() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        approve(receipt);
        assertThat(past.noted).singleElement().satisfies(act -> {
            assertThat(act.principal().name()).isEqualTo("bob");
            assertThat(act.deeds()).containsExactly(new Deed("approval:approve", "public.orders"));
            assertThat(act.origin()).isEqualTo(receipt.approval());
        });
    }

    @Test
    void allowsNothingElseUnderAnApproval() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(true));
        approve(receipt);

        assertDenied(
                held.redeem(
                        receipt.approval(),
                        Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("8"), 1, true)),
                CountersignError.DENIED,
                "not-what-was-approved");
        assertDenied(
                held.redeem(
                        receipt.approval(),
                        Requests.held(
                                Requests.agent("deploy-agent", "alice", List.of()),
                                SessionId.random(),
                                Requests.update("7"),
                                1,
                                true)),
                CountersignError.DENIED,
                "no-approval");
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.APPROVED);
    }

    @Test
    void doesNotHandTheApprovalOfAWaitingClientToAnotherSession() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);

        assertDenied(
                held.redeem(
                        receipt.approval(),
                        Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("7"), 1, false)),
                CountersignError.DENIED,
                "no-approval");
    }

    @Test
    void refusesWhatIsNotApproved() throws ApprovalRefusedException {
        Receipt pending = held.request(UUID.randomUUID(), Requests.held(false));
        assertDenied(
                held.redeem(pending.approval(), Requests.held(false)), CountersignError.APPROVAL_NEEDED, "not-decided");

        service.decide(caller("bob", "approver"), pending.approval(), DecisionKind.REJECT, "no");
        assertDenied(held.redeem(pending.approval(), Requests.held(false)), CountersignError.REJECTED, "rejected");
    }

    @Test
    void refusesAnApprovalWhoseTimeToExecuteIsOver() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);
        clock.tick(Duration.ofMinutes(5));

        assertDenied(held.redeem(receipt.approval(), Requests.held(false)), CountersignError.EXPIRED, "expired");
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void asksThePolicyOnceMore() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);
        board.snapshot = Optional.of(policy(2, false));

        Ruling ruling = held.redeem(receipt.approval(), Requests.held(false));

        assertDenied(ruling, CountersignError.DENIED, "no-role");
        assertThat(ruling.policyVersion()).isEqualTo(2);
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void keepsTheApprovalWhileThereIsNoPolicy() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);
        board.snapshot = Optional.empty();

        assertDenied(
                held.redeem(receipt.approval(), Requests.held(false)),
                CountersignError.POLICY_NOT_CONFIRMED,
                "no-policy");
        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.APPROVED);
    }

    @Test
    void notesThatTheTargetRefused() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);
        held.redeem(receipt.approval(), Requests.held(false));

        held.finished(receipt.approval(), ApprovalDesk.End.NOT_EXECUTED);

        assertThat(approvals.find(receipt.approval()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void saysThatACommandMayHaveRunWhoseEndWasNotSeen() throws ApprovalRefusedException {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        approve(receipt);
        held.redeem(receipt.approval(), Requests.held(false));

        held.finished(receipt.approval(), ApprovalDesk.End.UNKNOWN);

        ApprovalView view =
                service.find(caller("bob", "approver"), receipt.approval()).orElseThrow();
        assertThat(view.state()).isEqualTo(State.FAILED);
        assertThat(view.settledReason()).contains("may have run");
    }

    @Test
    void givesUpWhatWasApprovedForAClientThatWaitsAndWillNotRun() throws ApprovalRefusedException {
        Receipt waiting = held.request(UUID.randomUUID(), Requests.held(false));
        approve(waiting);
        Receipt deferred = held.request(UUID.randomUUID(), Requests.held(true));
        approve(deferred);

        held.finished(waiting.approval(), ApprovalDesk.End.NOT_EXECUTED);
        held.finished(deferred.approval(), ApprovalDesk.End.NOT_EXECUTED);

        assertThat(approvals.find(waiting.approval()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(approvals.find(deferred.approval()).orElseThrow().state()).isEqualTo(State.APPROVED);
    }

    @Test
    void countsWhoBecameTheOwnerAfterTheRequest() {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        principals.newOwners.add(new Person(Requests.ISSUER, "bob"));

        ApprovalView view =
                service.find(caller("bob", "approver"), receipt.approval()).orElseThrow();

        assertThat(view.mayDecide()).isFalse();
        assertThat(view.why()).contains(RefusalReason.SELF_APPROVAL);
    }

    @Test
    void decidesIdenticalRequestsTogetherAndNoOther() {
        HeldCommand same = Requests.held(false);
        UUID first = held.request(UUID.randomUUID(), same).approval();
        UUID second = held.request(UUID.randomUUID(), same).approval();
        UUID other = held.request(
                        UUID.randomUUID(),
                        Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("8"), 1, false))
                .approval();

        assertThat(service.decideIdentical(caller("alice", "approver"), same.digest(), DecisionKind.APPROVE, ""))
                .containsExactly(
                        new BatchOutcome(first, State.PENDING, Optional.of(RefusalReason.SELF_APPROVAL)),
                        new BatchOutcome(second, State.PENDING, Optional.of(RefusalReason.SELF_APPROVAL)));
        assertThat(service.decideIdentical(caller("bob", "approver"), same.digest(), DecisionKind.APPROVE, ""))
                .containsExactly(
                        new BatchOutcome(first, State.APPROVED, Optional.empty()),
                        new BatchOutcome(second, State.APPROVED, Optional.empty()));
        assertThat(approvals.find(other).orElseThrow().state()).isEqualTo(State.PENDING);
        assertThat(service.decideIdentical(caller("bob", "approver"), same.digest(), DecisionKind.APPROVE, ""))
                .isEmpty();
    }

    @Test
    void findsEarlierRequestsThatAreAlike() throws ApprovalRefusedException {
        Receipt identical = held.request(UUID.randomUUID(), Requests.held(false));
        approve(identical);
        UUID alike = held.request(
                        UUID.randomUUID(),
                        Requests.held(ORDERS_AGENT, SessionId.random(), Requests.update("8"), 1, false))
                .approval();
        UUID now = held.request(UUID.randomUUID(), Requests.held(false)).approval();

        assertThat(service.similar(caller("bob", "approver"), now).orElseThrow())
                .extracting(SimilarApproval::id, SimilarApproval::identical, SimilarApproval::decidedBy)
                .containsExactly(tuple(identical.approval(), true, List.of("bob")), tuple(alike, false, List.of()));
        assertThat(service.similar(caller("frank", "engineer"), now)).isEmpty();
    }

    @Test
    void letsOnlyTheRequesterAndItsPersonsTakeItBack() throws ApprovalRefusedException {
        UUID mine = held.request(UUID.randomUUID(), Requests.held(true)).approval();

        assertThatThrownBy(() -> service.takeBack(caller("bob", "approver", "admin"), mine))
                .isInstanceOf(UnknownIdException.class);
        assertThat(service.takeBack(caller("alice"), mine).state()).isEqualTo(State.WITHDRAWN);
        assertThatThrownBy(() -> service.takeBack(caller("alice"), mine)).isInstanceOf(ApprovalRefusedException.class);
        UUID again = held.request(UUID.randomUUID(), Requests.held(true)).approval();
        assertThat(again).isNotEqualTo(mine);
        assertThat(service.takeBack(caller(ORDERS_AGENT), again).state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void keepsWhoTriedToDecideAndWhyHeWasRefused() {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));
        String approval = receipt.approval().toString();

        assertThatThrownBy(
                        () -> service.decide(caller("alice", "approver"), receipt.approval(), DecisionKind.APPROVE, ""))
                .isInstanceOf(ApprovalRefusedException.class);
        assertThatThrownBy(
                        () -> service.decide(caller("frank", "engineer"), receipt.approval(), DecisionKind.REJECT, ""))
                .isInstanceOf(ApprovalRefusedException.class);

        assertThat(attempts.kept)
                .containsExactly(
                        "alice decide-approval " + approval + " self-approval",
                        "frank decide-approval " + approval + " not-an-approver");
    }

    @Test
    void hidesRequestsFromStrangers() {
        Receipt receipt = held.request(UUID.randomUUID(), Requests.held(false));

        assertThat(service.find(caller("frank", "engineer"), receipt.approval()))
                .isEmpty();
        assertThat(service.find(caller("alice"), receipt.approval())).isPresent();
        assertThat(service.find(caller(ORDERS_AGENT), receipt.approval())).isPresent();
        assertThat(service.find(caller("carol", "auditor"), receipt.approval())).isPresent();
    }

    private void approve(Receipt receipt) throws ApprovalRefusedException {
        service.decide(caller("bob", "approver"), receipt.approval(), DecisionKind.APPROVE, "");
    }

    private static void assertDenied(Ruling ruling, CountersignError error, String rule) {
        assertThat(ruling.verdict()).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.error()).isEqualTo(error);
            assertThat(deny.rules()).containsExactly(rule);
        });
    }

    private static PolicySnapshot policy(long version, boolean withRole) {
        var target = new TargetPolicy(
                "shop",
                Map.of("env", "prod"),
                "postgresql",
                "127.0.0.1",
                15433,
                "shop",
                "disable",
                List.of(),
                Map.of(),
                Set.of(),
                Set.of("pan"));
        var role = new RolePolicy(
                "orders-writer",
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of("orders-agent"), Set.of()),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        List.of(new Glob("sql:*")),
                        List.of(new ResourcePattern("public.orders")),
                        List.of())),
                Map.of("*", MaskKind.CLEAR),
                1000);
        var guardrail = new Guardrail(
                "agent-writes-need-a-person",
                TargetSelector.everyTarget(),
                situation -> true,
                Guardrail.Effect.APPROVE,
                0,
                "",
                Optional.of(Requests.requirement(1)));
        return new PolicySnapshot(
                version, Map.of("shop", target), withRole ? List.of(role) : List.of(), List.of(guardrail), List.of());
    }
}
