package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.AttemptNotes;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ChangeRefusedException.Reason;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

final class ManifestServiceTest {
    private static final Motive MOTIVE = new Motive("because");

    private final List<String> done = new ArrayList<>();
    private final List<String> attempts = new ArrayList<>();
    private final ManifestService service =
            new ManifestService(new RecordingPolicies(), new RecordingPulse(), new RecordingNotes());

    @Test
    void confirmedChangeIsInForceHereWhenTheCallReturns() throws ManifestException, ChangeRefusedException {
        service.confirm(caller("erin", false, "countersign-portal", "admin"), UUID.randomUUID());
        assertThat(done).containsExactly("confirm", "refresh");
    }

    @Test
    void personWithoutTheRoleChangesNothing() {
        refusesEverything(Reason.NOT_AN_ADMIN, caller("bob", false, "countersign-portal", "approver"));
    }

    @Test
    void agentChangesNothingWhateverItsRoles() {
        refusesEverything(Reason.MACHINE_APPROVAL, caller("bot", true, "bot", "admin"));
    }

    @Test
    void personThroughAForeignClientChangesNothing() {
        refusesEverything(Reason.MACHINE_APPROVAL, caller("erin", false, "some-tool", "admin"));
    }

    @Test
    void auditorReadsButDoesNotPropose() throws ManifestException, ChangeRefusedException {
        Caller carol = caller("carol", false, "countersign-cli", "auditor");
        assertThat(service.export(carol)).isEqualTo("everything");
        refused(Reason.NOT_AN_ADMIN, () -> service.propose(carol, "", "x", MOTIVE));
    }

    @Test
    void unknownKindIsNamedWithTheAllowedOnes() {
        assertThatThrownBy(() -> service.remove(caller("erin", false, "countersign-cli", "admin"), "Rule", "x", MOTIVE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("SegregationConstraint");
    }

    private void refusesEverything(Reason reason, Caller caller) {
        refused(reason, () -> service.propose(caller, "", "x", MOTIVE));
        refused(reason, () -> service.remove(caller, "Role", "x", MOTIVE));
        refused(reason, () -> service.confirm(caller, UUID.randomUUID()));
        refused(reason, () -> service.reject(caller, UUID.randomUUID(), MOTIVE));
        refused(reason, () -> service.withdraw(caller, UUID.randomUUID()));
        refused(reason, () -> service.revert(caller, UUID.randomUUID(), MOTIVE));
        assertThat(attempts)
                .containsExactly(
                        "propose-change x",
                        "propose-change Role/x",
                        "confirm-change",
                        "reject-change",
                        "withdraw-change",
                        "revert-change");
        refused(reason, () -> service.history(caller, "Role", "x"));
        refused(reason, () -> service.diff(caller, "", "x"));
        refused(reason, () -> service.export(caller));
        refused(reason, () -> service.changes(caller, 10, Optional.empty()));
        refused(reason, () -> service.change(caller, UUID.randomUUID()));
        assertThat(done).isEmpty();
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChangeRefusedException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static Caller caller(String name, boolean agent, String client, String realmRole) {
        var principal = new Principal(
                "https://idp",
                "s-" + name,
                name,
                agent,
                agent ? Optional.of(new Person("https://idp", "alice")) : Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(realmRole),
                Set.of(),
                client,
                Optional.empty());
        return new Caller(principal, Instant.MAX);
    }

    private final class RecordingPolicies extends PolicyService {
        @Override
        public ChangeView confirm(Principal person, UUID id) {
            done.add("confirm");
            return ChangeView.unchanged(person.name(), Instant.EPOCH, "", MOTIVE);
        }

        @Override
        public String export() {
            return "everything";
        }
    }

    private final class RecordingNotes extends AttemptNotes {
        @Override
        public void note(Principal who, Attempt attempt, String object, String reason, String message) {
            attempts.add(object.contains("x") ? attempt.label() + " " + object : attempt.label());
        }
    }

    private final class RecordingPulse extends PolicyPulse {
        @Override
        public void refresh() {
            done.add("refresh");
        }
    }
}
