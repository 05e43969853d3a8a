package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.core.identity.TestPrincipals.ISSUER;
import static org.countersign.core.identity.TestPrincipals.agent;
import static org.countersign.core.identity.TestPrincipals.caller;
import static org.countersign.core.identity.TestPrincipals.person;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.countersign.core.CoreSettings;
import org.countersign.core.FakeEvent;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.TickingClock;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.AttemptNotes;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class SuspensionServiceTest {
    private static final SuspensionFilter ALL = new SuspensionFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 50, Optional.empty());
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private final FakeSuspensions suspensions = new FakeSuspensions();
    private final FakeEvent<PrincipalSuspended> suspended = new FakeEvent<>();
    private final List<String> attempts = new ArrayList<>();
    private final TickingClock clock = new TickingClock(NOW);
    private final SuspensionService service = new SuspensionService(
            suspensions,
            new KnownPrincipals(),
            new CoreSettings(
                    URI.create(ISSUER),
                    "countersign-api",
                    URI.create("http://portal"),
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Path.of("."),
                    Path.of(".")),
            clock,
            suspended,
            new Owners(),
            new RecordingNotes());
    private final Caller erin = caller(person("erin", "admin"));

    @Test
    void keepsWhoWhenAndWhyAndTellsTheSessions() {
        SuspensionView view = service.suspend(erin, "Bob", "left the company");

        assertThat(view.principal()).isEqualTo("bob");
        assertThat(view.subject()).hasValue("subject-of-bob");
        assertThat(view.reason()).isEqualTo("left the company");
        assertThat(view.suspendedBy()).isEqualTo("erin");
        assertThat(view.suspendedAt()).isEqualTo(NOW);
        assertThat(view.liftedAt()).isEmpty();
        assertThat(suspended.fired())
                .containsExactly(new PrincipalSuspended(
                        new Suspension(ISSUER, "bob", Optional.of("subject-of-bob"), "erin", NOW)));
    }

    @Test
    void whoeverIsSuspendedAlreadyStaysSoAndHisSessionsAreEndedAgain() {
        SuspensionView first = service.suspend(erin, "bob", "left the company");
        clock.tick(Duration.ofMinutes(1));

        assertThat(service.suspend(caller(person("dave", "admin")), "bob", "another reason"))
                .isEqualTo(first);
        assertThat(suspended.fired()).hasSize(2);
    }

    @Test
    void liftedSuspensionIsKeptAndAnotherOneMayFollow() {
        service.suspend(erin, "bob", "one");
        clock.tick(Duration.ofMinutes(1));

        assertThat(service.lift(caller(person("dave", "admin")), "BOB")).isTrue();
        assertThat(service.lift(erin, "bob")).isFalse();
        service.suspend(erin, "bob", "two");

        List<SuspensionView> all = service.list(erin, ALL).items();
        assertThat(all).extracting(SuspensionView::reason).containsExactly("two", "one");
        assertThat(all.get(1).liftedBy()).hasValue("dave");
        assertThat(all.get(1).liftedAt()).hasValue(NOW.plusSeconds(60));
    }

    @Test
    void nobodySuspendsHimself() {
        assertThatThrownBy(() -> service.suspend(erin, "ERIN", "tired"))
                .isInstanceOf(NotAllowedException.class)
                .hasMessage("Nobody suspends himself.");
        assertThat(suspensions.all).isEmpty();
    }

    @Test
    void whoeverAnswersForAnAgentDoesNotLiftWhatAnotherDid() {
        service.suspend(erin, "orders-agent", "misbehaves");
        Caller dave = caller(person("dave", "admin"));
        for (String name : List.of("orders-agent", "ORDERS-Agent")) {
            assertThatThrownBy(() -> service.lift(dave, name))
                    .isInstanceOf(NotAllowedException.class)
                    .hasMessage("You answer for orders-agent, which erin suspended:"
                            + " another administrator has to lift it.");
        }
        assertThat(attempts).containsExactly("dave lift-suspension orders-agent", "dave lift-suspension orders-agent");
        assertThat(service.lift(erin, "orders-agent")).isTrue();

        service.suspend(dave, "orders-agent", "only to be sure");
        assertThat(service.lift(dave, "orders-agent")).isTrue();
    }

    @Test
    void onlyAnAdministratorInPersonSuspendsAndLifts() {
        for (Caller other : List.of(caller(person("bob", "approver", "auditor")), caller(agent("bot", "erin")))) {
            refused(() -> service.suspend(other, "alice", "x"));
            refused(() -> service.lift(other, "alice"));
        }
        assertThat(suspended.fired()).isEmpty();
    }

    @Test
    void auditorLooksAndOthersDoNot() {
        assertThat(service.list(caller(person("carol", "auditor")), ALL).items())
                .isEmpty();
        refused(() -> service.list(caller(person("bob", "approver")), ALL));
        refused(() -> service.list(caller(agent("bot", "erin")), ALL));
    }

    @Test
    void reasonAndNameAreNeeded() {
        for (String reason : List.of("", "  ", "x".repeat(2_001), "a\0b")) {
            invalid("reason", () -> service.suspend(erin, "bob", reason));
        }
        for (String name : List.of(" ", "x".repeat(201), "a\nb")) {
            invalid("name", () -> service.suspend(erin, name, "x"));
            invalid("name", () -> service.lift(erin, name));
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotAllowedException.class).hasMessageContaining("admin");
    }

    private static void invalid(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    private static final class KnownPrincipals extends Principals {
        @Override
        Optional<String> subjectOf(String issuer, String lowerCaseName) {
            return Optional.of("subject-of-" + lowerCaseName);
        }
    }

    /** dave, who is david as well, owns orders-agent. */
    private static final class Owners extends ResponsiblePersons {
        @Override
        public Set<Person> accountsOf(Person person) {
            return person.name().equals("dave") ? Set.of(person, new Person(ISSUER, "david")) : Set.of(person);
        }

        @Override
        public Set<Person> ownersOf(String issuer, String agent) {
            return agent.equals("orders-agent") ? Set.of(new Person(ISSUER, "david")) : Set.of();
        }
    }

    private final class RecordingNotes extends AttemptNotes {
        @Override
        public void note(Principal who, Attempt attempt, String object, String reason, String message) {
            attempts.add(who.name() + " " + attempt.label() + " " + object);
        }
    }

    /** Suspensions in memory. */
    private static final class FakeSuspensions extends Suspensions {
        private final List<SuspensionEntity> all = new ArrayList<>();

        @Override
        SuspensionEntity add(Suspension suspension, String reason) {
            if (lockActive(suspension.issuer(), suspension.name()).isEmpty()) {
                all.addFirst(new SuspensionEntity(suspension, reason));
            }
            return lockActive(suspension.issuer(), suspension.name()).orElseThrow();
        }

        @Override
        Optional<SuspensionEntity> lockActive(String issuer, String name) {
            return all.stream()
                    .filter(each -> each.view().liftedAt().isEmpty())
                    .filter(each -> each.suspension().issuer().equals(issuer)
                            && each.suspension().name().equals(name))
                    .findFirst();
        }

        @Override
        public Map<String, SuspensionView> inForce(String issuer) {
            return all.stream()
                    .map(SuspensionEntity::view)
                    .filter(view -> view.liftedAt().isEmpty())
                    .collect(Collectors.toMap(SuspensionView::principal, view -> view));
        }

        @Override
        List<SuspensionEntity> list(SuspensionFilter filter) {
            return List.copyOf(all);
        }
    }
}
