package org.countersign.portal.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.grant.BreakGlassService;
import org.countersign.core.grant.Finding;
import org.countersign.core.grant.GrantRefusal;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantState;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;
import org.countersign.portal.grant.GrantsPresenter.Answer;
import org.junit.jupiter.api.Test;

class BreakGlassPresenterTest {
    private static final GrantView OPEN = Views.glass("frank", GrantState.ACTIVE, false);
    private static final GrantView OVER = Views.glass("frank", GrantState.ENDED, false);
    private static final GrantView TO_REVIEW = Views.glass("frank", GrantState.ENDED, true);

    private final FakeBreakGlass breakGlass = new FakeBreakGlass();
    private final BreakGlassPresenter presenter =
            new BreakGlassPresenter(breakGlass, new GrantService(), () -> Views.caller("carol"));

    private static final class FakeBreakGlass extends BreakGlassService {
        private Optional<Duration> took = Optional.empty();
        private Optional<Finding> found = Optional.empty();
        private boolean pending;

        @Override
        public GrantView start(
                Caller caller, String name, String target, Duration duration, String reason, String ticket)
                throws GrantRefusedException {
            if (pending) {
                throw new GrantRefusedException(GrantRefusal.REVIEW_PENDING, "Nobody has reviewed the last one yet.");
            }
            took = Optional.of(duration);
            return OPEN;
        }

        @Override
        public GrantView review(Caller caller, UUID id, Finding finding, String words) {
            found = Optional.of(finding);
            return OVER;
        }
    }

    @Test
    void theBannerSaysWhatIsOpenBeforeWhatWaitsForAReview() {
        assertThat(BreakGlassPresenter.banner(List.of())).isEmpty();
        assertThat(BreakGlassPresenter.banner(List.of(OPEN, TO_REVIEW)))
                .isEqualTo("Break-glass is open: frank has shop-emergency on shop. the shop is down");
        assertThat(BreakGlassPresenter.banner(List.of(OPEN, OPEN))).isEqualTo("Break-glass is open 2 times.");
        assertThat(BreakGlassPresenter.banner(List.of(OVER, TO_REVIEW)))
                .isEqualTo("A break-glass waits for your review.");
        assertThat(BreakGlassPresenter.banner(List.of(TO_REVIEW, TO_REVIEW)))
                .isEqualTo("2 uses of break-glass wait for your review.");
        assertThat(BreakGlassPresenter.banner(List.of(OVER))).isEqualTo("A break-glass has not been reviewed yet.");
    }

    @Test
    void takesTheRoleForTheMinutesThatWereTyped() {
        assertThat(presenter
                        .start(Views.rule(), "shop", " 20 ", "the shop is down", "")
                        .message())
                .isEqualTo("You have shop-emergency on shop now. Everybody concerned sees it.");
        assertThat(breakGlass.took).contains(Duration.ofMinutes(20));
    }

    @Test
    void saysWhyNothingWasTaken() {
        assertThat(presenter.start(Views.rule(), "shop", "", "the shop is down", ""))
                .isEqualTo(new Answer(false, "say how many minutes"));
        breakGlass.pending = true;
        assertThat(presenter.start(Views.rule(), "shop", "20", "the shop is down", ""))
                .isEqualTo(new Answer(false, "Nobody has reviewed the last one yet."));
        assertThat(breakGlass.took).isEmpty();
    }

    @Test
    void passesOnWhatTheReviewFound() {
        presenter.review(TO_REVIEW, false, "it was no emergency");
        assertThat(breakGlass.found).contains(Finding.NOT_JUSTIFIED);
        presenter.review(TO_REVIEW, true, "looked at each command");
        assertThat(breakGlass.found).contains(Finding.JUSTIFIED);
    }
}
