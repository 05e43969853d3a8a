package org.countersign.portal.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.grant.GrantFilter;
import org.countersign.core.grant.GrantRefusal;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantState;
import org.countersign.core.grant.GrantView;
import org.countersign.core.grant.Wish;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.Grant;
import org.countersign.portal.grant.GrantsPresenter.Answer;
import org.countersign.portal.grant.GrantsPresenter.Box;
import org.countersign.portal.grant.GrantsPresenter.Form;
import org.junit.jupiter.api.Test;

class GrantsPresenterTest {
    private final FakeGrants grants = new FakeGrants();
    private final GrantsPresenter presenter = new GrantsPresenter(grants, () -> Views.caller("frank"));

    private static final class FakeGrants extends GrantService {
        private Optional<GrantFilter> listed = Optional.empty();
        private Optional<Wish> asked = Optional.empty();
        private Optional<String> refused = Optional.empty();
        private GrantState endsAs = GrantState.REVOKED;

        @Override
        public Page<GrantView> list(Caller caller, GrantFilter filter) {
            listed = Optional.of(filter);
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public GrantView request(Caller caller, Wish typed) throws GrantRefusedException {
            asked = Optional.of(typed);
            if (refused.isPresent()) {
                throw new GrantRefusedException(GrantRefusal.NOT_ELIGIBLE, refused.get());
            }
            return Views.grant("frank", GrantState.PENDING);
        }

        @Override
        public GrantView end(Caller caller, UUID id, String reason) {
            if (reason.equals("too long")) {
                throw new InvalidRequestException("reason", "a reason has at most 2000 characters and no NUL");
            }
            return Views.grant("frank", endsAs);
        }
    }

    @Test
    void showsItsReaderHisOwnAndOtherwiseWhatHeMaySee() {
        presenter.open(Box.of(Optional.of("nonsense")), Optional.empty());
        assertThat(grants.listed.orElseThrow().principal()).contains("frank");
        assertThat(grants.listed.orElseThrow().kind()).isEqualTo(Grant.Kind.GRANT);

        presenter.open(Box.of(Optional.of("active")), Optional.empty());
        assertThat(grants.listed.orElseThrow().principal()).isEmpty();
        assertThat(grants.listed.orElseThrow().states()).containsExactly(GrantState.ACTIVE);
    }

    @Test
    void everyStateIsInTheBoxOfWhatWaitsOrIsInForceOrIsOver() {
        for (Box box : List.of(Box.PENDING, Box.ACTIVE, Box.PAST)) {
            presenter.open(box, Optional.empty());
            assertThat(grants.listed.orElseThrow().states()).isNotEmpty();
        }
        presenter.open(Box.PAST, Optional.empty());
        assertThat(grants.listed.orElseThrow().states())
                .hasSize(GrantState.values().length - 2)
                .doesNotContain(GrantState.PENDING, GrantState.ACTIVE);
    }

    @Test
    void aSetOfColumnsIsOneEntryAndBlankMeansEverything() {
        Answer answer = presenter.request(
                Views.rule(), form("sql:select, sql:update", "public.customers.(id,email)\n public.orders ", "90"));

        assertThat(answer).isEqualTo(new Answer(true, "Asked. It begins once an approver approved it."));
        Wish wish = grants.asked.orElseThrow();
        assertThat(wish.actions()).containsExactly("sql:select", "sql:update");
        assertThat(wish.resources()).containsExactly("public.customers.(id,email)", "public.orders");
        assertThat(wish.duration()).isEqualTo(Duration.ofMinutes(90));

        presenter.request(Views.rule(), form("", " ", "5"));
        assertThat(grants.asked.orElseThrow().actions()).isEmpty();
        assertThat(grants.asked.orElseThrow().resources()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsDone() {
        assertThat(presenter.request(Views.rule(), form("", "", "an hour")).done())
                .isFalse();
        assertThat(grants.asked).isEmpty();

        grants.refused = Optional.of("Nothing lets frank ask for it.");
        assertThat(presenter.request(Views.rule(), form("", "", "5")))
                .isEqualTo(new Answer(false, "Nothing lets frank ask for it."));
        assertThat(presenter
                        .end(Views.grant("frank", GrantState.ACTIVE), "too long")
                        .done())
                .isFalse();
    }

    @Test
    void endingIsCalledWhatItIs() {
        assertThat(presenter.ending(Views.grant("frank", GrantState.PENDING))).isEqualTo("Take back");
        assertThat(presenter.ending(Views.grant("frank", GrantState.ACTIVE))).isEqualTo("Give back");
        assertThat(presenter.ending(Views.grant("grace", GrantState.ACTIVE))).isEqualTo("Revoke");

        assertThat(presenter.end(Views.grant("frank", GrantState.ACTIVE), "").message())
                .contains("The next command that needs it is refused");
        grants.endsAs = GrantState.WITHDRAWN;
        assertThat(presenter.end(Views.grant("frank", GrantState.PENDING), "").message())
                .isEqualTo("The request is taken back.");
    }

    private static Form form(String actions, String resources, String minutes) {
        return new Form("shop", actions, resources, minutes, false, "it is needed", "");
    }
}
