package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.countersign.core.policy.ChangeRefusedException.Reason;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

final class ChangeEntityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private final ChangeEntity change = proposed("Role", "reader");

    @Test
    void anotherAdministratorConfirms() throws ChangeRefusedException {
        confirm(change, person("dave", "s-dave"), 4);
        ChangeView view = change.view();
        assertThat(view.state()).isEqualTo("confirmed");
        assertThat(view.confirmedBy()).hasValue("dave");
        assertThat(view.version()).hasValue(4L);
        assertThat(view.author()).isEqualTo("erin");
    }

    @Test
    void authorDoesNotConfirmHimself() {
        refused(Reason.SELF_APPROVAL, () -> confirm(change, person("erin", "s-erin"), 4));
    }

    @Test
    void authorIsKnownByHisSubjectAfterARename() {
        refused(Reason.SELF_APPROVAL, () -> confirm(change, person("erin.newname", "s-erin"), 4));
    }

    @Test
    void authorIsKnownByHisNameOnASecondAccount() {
        refused(Reason.SELF_APPROVAL, () -> confirm(change, person("ERIN", "s-other"), 4));
    }

    @Test
    void sameNameOfAnotherIssuerIsAnotherPerson() throws ChangeRefusedException {
        confirm(change, principal("https://corp", "s-corp", "erin", false, List.of()), 4);
        assertThat(change.view().state()).isEqualTo("confirmed");
    }

    @Test
    void whoActsThroughTheAuthorDoesNotConfirm() {
        refused(
                Reason.SELF_APPROVAL,
                () -> confirm(
                        change,
                        principal("https://idp", "s-dave", "dave", false, List.of(new Actor("s-erin", "erin"))),
                        4));
    }

    @Test
    void agentDoesNotConfirm() {
        refused(
                Reason.MACHINE_APPROVAL,
                () -> confirm(change, principal("https://idp", "s", "bot", true, List.of()), 4));
    }

    @Test
    void secondConfirmationIsRefused() throws ChangeRefusedException {
        confirm(change, person("dave", "s-dave"), 4);
        refused(Reason.ALREADY_DECIDED, () -> confirm(change, person("bob", "s-bob"), 5));
    }

    @Test
    void changeOfTheSameObjectIsSuperseded() {
        var same = proposed("Role", "reader");
        var different = proposed("Role", "writer");
        same.supersede(change);
        different.supersede(change);
        change.supersede(change);
        assertThat(different.view().state()).isEqualTo("proposed");
        assertThat(change.view().state()).isEqualTo("proposed");
        refused(Reason.CONFLICT, () -> confirm(same, person("dave", "s-dave"), 5));
    }

    @Test
    void aLinkedAccountOfTheAuthorDoesNotConfirm() {
        Principal second = person("erin-admin", "s-second");
        refused(
                Reason.SELF_APPROVAL,
                () -> change.confirm(
                        second,
                        Set.of(new Person("https://idp", "erin-admin"), new Person("https://idp", "erin")),
                        4,
                        NOW));
    }

    @Test
    void anAccountThatWasTheAuthorsWhenHeProposedDoesNotConfirmAfterItWasUnlinked() {
        refused(Reason.SELF_APPROVAL, () -> confirm(change, person("erin-admin", "s-second"), 4));
    }

    @Test
    void anotherAdministratorRejectsWithAReason() throws ChangeRefusedException {
        Principal dave = person("dave", "s-dave");
        change.reject(dave, dave.responsiblePersons(), "not now", NOW);

        assertThat(change.view().state()).isEqualTo("rejected");
        assertThat(change.view().closing()).contains(new ChangeView.Closing(Optional.of("dave"), NOW, "not now"));
        refused(Reason.ALREADY_DECIDED, () -> confirm(change, person("bob", "s-bob"), 4));
    }

    @Test
    void authorWithdrawsAndDoesNotReject() throws ChangeRefusedException {
        Principal erin = person("erin", "s-erin");
        refused(Reason.SELF_APPROVAL, () -> change.reject(erin, erin.responsiblePersons(), "no", NOW));
        change.withdraw(erin, erin.responsiblePersons(), NOW);

        assertThat(change.view().state()).isEqualTo("withdrawn");
        refused(Reason.ALREADY_DECIDED, () -> confirm(change, person("dave", "s-dave"), 4));
    }

    @Test
    void nobodyWithdrawsWhatAnotherProposed() {
        Principal dave = person("dave", "s-dave");
        refused(Reason.NOT_THE_AUTHOR, () -> change.withdraw(dave, dave.responsiblePersons(), NOW));
    }

    @Test
    void whatNobodyConfirmedInTimeIsNotConfirmedAnyMoreBeforeAnybodyMarkedItExpired() {
        Instant late = NOW.plus(ChangeEntity.LIFETIME);
        Principal dave = person("dave", "s-dave");
        refused(Reason.EXPIRED, () -> change.confirm(dave, dave.responsiblePersons(), 4, late));

        assertThat(change.expire(late.minusMillis(1))).isFalse();
        assertThat(change.expire(late)).isTrue();
        assertThat(change.view().state()).isEqualTo("expired");
        refused(Reason.EXPIRED, () -> change.confirm(dave, dave.responsiblePersons(), 4, NOW));
    }

    @Test
    void onlyWhatWasInForceIsReverted() throws ChangeRefusedException {
        refused(Reason.CONFLICT, change::checkRevertible);
        confirm(change, person("dave", "s-dave"), 4);
        change.checkRevertible();
        assertThat(DiffEntry.created("Role", "r", "a").inverse()).isEqualTo(DiffEntry.removed("Role", "r", "a"));
        assertThat(DiffEntry.removed("Role", "r", "a").inverse()).isEqualTo(DiffEntry.created("Role", "r", "a"));
        assertThat(DiffEntry.changed("Role", "r", "a", "b").inverse())
                .isEqualTo(DiffEntry.changed("Role", "r", "b", "a"));
    }

    private static void confirm(ChangeEntity change, Principal person, long version) throws ChangeRefusedException {
        change.confirm(person, person.responsiblePersons(), version, NOW);
    }

    private static void refused(Reason reason, ThrowingCallable confirm) {
        assertThatThrownBy(confirm)
                .isInstanceOfSatisfying(
                        ChangeRefusedException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static ChangeEntity proposed(String kind, String name) {
        Principal erin = person("erin", "s-erin");
        return ChangeEntity.proposed(
                erin,
                Set.of(new Person("https://idp", "erin"), new Person("https://idp", "erin-admin")),
                "roles.yaml",
                new Motive("wanted", Optional.of("T-1")),
                List.of(DiffEntry.created(kind, name, "yaml")),
                NOW);
    }

    private static Principal person(String name, String subject) {
        return principal("https://idp", subject, name, false, List.of());
    }

    private static Principal principal(String issuer, String subject, String name, boolean agent, List<Actor> act) {
        return new Principal(
                issuer,
                subject,
                name,
                agent,
                agent ? Optional.of(new Person(issuer, "owner")) : Optional.empty(),
                Optional.empty(),
                act,
                Set.of("admin"),
                Set.of(),
                "countersign-portal",
                Optional.empty());
    }
}
