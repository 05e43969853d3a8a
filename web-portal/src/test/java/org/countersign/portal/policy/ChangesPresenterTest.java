package org.countersign.portal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.effect.EffectService;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.ManifestService;
import org.countersign.core.policy.Motive;
import org.countersign.model.session.Principal;
import org.countersign.portal.policy.ChangesPresenter.Closed;
import org.countersign.portal.policy.LineDiff.Change;
import org.countersign.portal.policy.LineDiff.Line;
import org.junit.jupiter.api.Test;

class ChangesPresenterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final FakeManifests manifests = new FakeManifests();

    @Test
    void letsTheSecondAdministratorConfirm() {
        assertThat(presenter("erin", "admin").obstacle(change("proposed"))).isEmpty();
    }

    @Test
    void tellsTheAuthorThatHeCannotConfirmHisOwnChange() {
        assertThat(presenter("dave", "admin").obstacle(change("proposed")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("You proposed this"));
    }

    @Test
    void tellsOthersThatAnAdministratorHasTo() {
        assertThat(presenter("bob", "approver").obstacle(change("proposed"))).isPresent();
    }

    @Test
    void hasNothingToSayAboutAChangeThatIsInForce() {
        assertThat(presenter("bob").obstacle(change("confirmed"))).isEmpty();
    }

    @Test
    void passesOnWhyTheListIsClosed() {
        manifests.refusal = Optional.of("Administrators only.");

        assertThat(presenter("bob").list(Optional.empty())).isEqualTo(new Closed("Administrators only."));
    }

    @Test
    void passesOnWhyAConfirmationWasRefused() {
        manifests.refusal = Optional.of("Changed meanwhile.");

        assertThat(presenter("erin", "admin").confirm(change("proposed")))
                .isEqualTo(new ChangesPresenter.Answer(false, "Changed meanwhile."));
    }

    @Test
    void offersToWithdrawToTheAuthorAndToRevertToEveryAdministrator() {
        assertThat(presenter("dave", "admin").withdrawable(change("proposed"))).isTrue();
        assertThat(presenter("erin", "admin").withdrawable(change("proposed"))).isFalse();
        assertThat(presenter("dave", "admin").withdrawable(change("confirmed"))).isFalse();
        assertThat(presenter("dave", "admin").revertible(change("confirmed"))).isTrue();
        assertThat(presenter("carol", "auditor").revertible(change("confirmed")))
                .isFalse();
        assertThat(presenter("dave", "admin").revertible(change("proposed"))).isFalse();
    }

    @Test
    void rejectsOnlyWithAReason() {
        assertThat(presenter("erin", "admin").reject(change("proposed"), " ").done())
                .isFalse();
        assertThat(manifests.rejected).isEmpty();
        assertThat(presenter("erin", "admin")
                        .reject(change("proposed"), "too wide")
                        .done())
                .isTrue();
        assertThat(manifests.rejected).containsExactly("too wide");
    }

    @Test
    void comparesLineByLine() {
        assertThat(LineDiff.between("a\nb\nc", "a\nx\nc\nd"))
                .containsExactly(
                        new Line(Change.KEPT, "a"),
                        new Line(Change.REMOVED, "b"),
                        new Line(Change.ADDED, "x"),
                        new Line(Change.KEPT, "c"),
                        new Line(Change.ADDED, "d"));
    }

    private ChangesPresenter presenter(String name, String... roles) {
        var principal = new Principal(
                "https://issuer",
                "id-of-" + name,
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(roles),
                Set.of(),
                "countersign-portal",
                Optional.empty());
        return new ChangesPresenter(manifests, new EffectService(), () -> new Caller(principal, NOON));
    }

    private static ChangeView change(String state) {
        return new ChangeView(
                new UUID(0, 1),
                state,
                "dave",
                NOON,
                "roles.yaml",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "wanted",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static final class FakeManifests extends ManifestService {
        private final List<String> rejected = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();

        @Override
        public Page<ChangeView> changes(Caller caller, int limit, Optional<String> after)
                throws ChangeRefusedException {
            refuse();
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public ChangeView confirm(Caller caller, UUID change) throws ChangeRefusedException {
            refuse();
            return ChangesPresenterTest.change("confirmed");
        }

        @Override
        public ChangeView reject(Caller caller, UUID change, Motive motive) throws ChangeRefusedException {
            refuse();
            rejected.add(motive.reason());
            return ChangesPresenterTest.change("rejected");
        }

        private void refuse() throws ChangeRefusedException {
            if (refusal.isPresent()) {
                throw new ChangeRefusedException(ChangeRefusedException.Reason.NOT_AN_ADMIN, refusal.get());
            }
        }
    }
}
