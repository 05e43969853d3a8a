package org.countersign.portal.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.approval.DelegationService;
import org.countersign.core.approval.DelegationView;
import org.countersign.core.identity.Caller;
import org.countersign.model.session.Principal;
import org.countersign.portal.delegation.DelegationsPresenter.Answer;
import org.junit.jupiter.api.Test;

class DelegationsPresenterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Kept kept = new Kept();
    private final DelegationsPresenter bob = presenter("bob", "approver");

    @Test
    void lastsToTheEndOfTheLastDay() {
        assertThat(bob.inAWeek()).isEqualTo("2026-11-29");

        assertThat(bob.delegate("frank", " 2026-11-29 ", "holiday"))
                .isEqualTo(new Answer(true, "frank can decide in your place now."));
        assertThat(kept.all).singleElement().extracting(DelegationView::until).hasToString("2026-11-30T00:00:00Z");
    }

    @Test
    void saysWhatIsKnownAboutTheDelegate() {
        kept.notes =
                List.of("Nobody has signed in here as gnia yet.", "A constraint keeps gnia from deciding on shop.");
        assertThat(bob.delegate("gnia", "2026-12-01", "holiday"))
                .isEqualTo(new Answer(
                        true,
                        "gnia can decide in your place now.",
                        "Nobody has signed in here as gnia yet. A constraint keeps gnia from deciding on shop."));

        kept.problem = Optional.of(new InvalidRequestException("to", "zoe decides nothing at present"));
        assertThat(bob.delegate("zoe", "2026-12-01", "holiday"))
                .isEqualTo(new Answer(false, "zoe decides nothing at present."));
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        assertThat(bob.delegate(" ", "2026-11-29", "holiday").message()).contains("Say who");
        assertThat(bob.delegate("frank", "2026-11-29", " ").message()).contains("Say why");
        assertThat(bob.delegate("frank", "tomorrow", "holiday").message()).contains("like 2026-12-24");
        kept.problem = Optional.of(new InvalidRequestException("until", "until is"));
        assertThat(bob.delegate("frank", "2030-01-01", "holiday").message()).contains("90 days");
        kept.problem = Optional.of(new InvalidRequestException("to", "this is an account of your own"));
        assertThat(bob.delegate("bob", "2026-11-29", "holiday").message()).contains("your own");
        assertThat(kept.all).isEmpty();
    }

    @Test
    void tellsEverybodyFromHisSideAndLetsThoseEndItWhomItConcerns() {
        bob.delegate("frank", "2026-11-29", "holiday");

        assertThat(bob.list()).singleElement().satisfies(row -> {
            assertThat(row.who()).isEqualTo("You let frank decide in your place");
            assertThat(row.mayEnd()).isTrue();
        });
        assertThat(presenter("frank").list())
                .singleElement()
                .extracting(DelegationsPresenter.Row::who)
                .isEqualTo("bob lets you decide in his or her place");
        assertThat(presenter("carol", "auditor").list())
                .singleElement()
                .extracting(DelegationsPresenter.Row::mayEnd)
                .isEqualTo(false);
        assertThat(presenter("dave", "admin").list())
                .singleElement()
                .extracting(DelegationsPresenter.Row::mayEnd)
                .isEqualTo(true);
    }

    @Test
    void showsWhatIsInForceFirstAndSaysWhoEndedTheRest() {
        bob.delegate("frank", "2026-11-29", "first");
        assertThat(bob.end(kept.all.getFirst().id()).done()).isTrue();
        assertThat(bob.end(kept.all.getFirst().id()).done()).isFalse();
        bob.delegate("frank", "2026-11-29", "second");

        assertThat(bob.list()).extracting(DelegationsPresenter.Row::reason).containsExactly("second", "first");
        assertThat(bob.list().getLast().ending()).isEqualTo("ended by bob");
        assertThat(bob.list().getLast().mayEnd()).isFalse();
    }

    private DelegationsPresenter presenter(String name, String... roles) {
        var caller = new Caller(
                new Principal(
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
                        Optional.empty()),
                NOON);
        return new DelegationsPresenter(kept, () -> caller, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    /** Delegations in memory. */
    private static final class Kept extends DelegationService {
        private final List<DelegationView> all = new ArrayList<>();
        private Optional<InvalidRequestException> problem = Optional.empty();
        private List<String> notes = List.of();

        @Override
        public DelegationView delegate(Caller caller, String to, Instant until, String reason) {
            problem.ifPresent(refusal -> {
                throw refusal;
            });
            var made = new DelegationView(
                    UUID.randomUUID(),
                    caller.principal().name(),
                    to,
                    reason,
                    NOON,
                    until,
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    notes);
            all.add(made);
            return made;
        }

        @Override
        public Page<DelegationView> list(Caller caller, int limit, Optional<String> after) {
            return new Page<>(all, Optional.empty());
        }

        @Override
        public boolean revoke(Caller caller, UUID id) {
            for (int i = 0; i < all.size(); i++) {
                DelegationView each = all.get(i);
                if (each.id().equals(id) && each.active()) {
                    all.set(
                            i,
                            new DelegationView(
                                    id,
                                    each.from(),
                                    each.to(),
                                    each.reason(),
                                    each.createdAt(),
                                    each.until(),
                                    Optional.of(NOON),
                                    Optional.of(caller.principal().name()),
                                    false));
                    return true;
                }
            }
            return false;
        }
    }
}
