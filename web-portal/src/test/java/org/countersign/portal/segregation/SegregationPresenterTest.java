package org.countersign.portal.segregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.identity.Caller;
import org.countersign.core.segregation.ConflictReport;
import org.countersign.core.segregation.ConstraintService;
import org.countersign.core.segregation.ConstraintView;
import org.countersign.model.session.Principal;
import org.countersign.portal.segregation.SegregationPresenter.Closed;
import org.countersign.portal.segregation.SegregationPresenter.Open;
import org.countersign.portal.segregation.SegregationPresenter.Unreadable;
import org.junit.jupiter.api.Test;

class SegregationPresenterTest {
    private final FakeConstraints constraints = new FakeConstraints();
    private final Caller caller = new Caller(
            new Principal(
                    "http://issuer",
                    "s",
                    "carol",
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Set.of("auditor"),
                    Set.of(),
                    "countersign-portal",
                    Optional.empty()),
            Instant.MAX);
    private final SegregationPresenter presenter = new SegregationPresenter(constraints, () -> caller);

    @Test
    void theMatrixHasEachSeparatedPairBothWays() {
        constraints.all = List.of(
                view("static", "person", List.of("maker", "checker"), Optional.empty()),
                view("dynamic", "task", List.of("maker", "auditor"), Optional.empty()));
        var open = (Open) presenter.list();
        assertThat(open.roles()).containsExactly("auditor", "checker", "maker");
        assertThat(open.between("maker", "checker")).isEqualTo(open.between("checker", "maker"));
        assertThat(open.between("maker", "checker")).hasSize(1);
        assertThat(open.between("checker", "auditor")).isEmpty();
        assertThat(open.between("maker", "maker")).isEmpty();
    }

    @Test
    void whatIsManyIsFoundByAPartOfAName() {
        constraints.all = IntStream.range(0, 200)
                .mapToObj(i -> new ConstraintView(
                        "keeps-" + i,
                        "static",
                        "person",
                        List.of(),
                        List.of("maker-" + i, "checker-" + i),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        ""))
                .toList();
        var open = (Open) presenter.list();
        assertThat(open.crowded()).isTrue();
        assertThat(open.separations()).hasSize(400);
        assertThat(open.separations().get("maker-7")).containsOnlyKeys("checker-7");
        assertThat(open.about(" Checker-199 ").constraints())
                .extracting(ConstraintView::name)
                .containsExactly("keeps-199");
        assertThat(open.about("keeps-19").constraints()).hasSize(11);
        assertThat(open.about("keeps-19").crowded()).isTrue();
        assertThat(open.about("nobody").constraints()).isEmpty();
    }

    @Test
    void saysHowFarAConstraintReaches() {
        assertThat(SegregationPresenter.reach(view("static", "person", List.of(), Optional.empty())))
                .isEqualTo("not held together by one person and his agents");
        assertThat(SegregationPresenter.reach(view("dynamic", "task", List.of(), Optional.of(Duration.ofHours(8)))))
                .isEqualTo("not used together in one task, for 8h");
        assertThat(SegregationPresenter.reach(view("history", "resource", List.of(), Optional.of(Duration.ofDays(30)))))
                .isEqualTo("when it was done on the same resource, for 30 days");
    }

    @Test
    void passesOnWhyThereIsNothingToSee() {
        constraints.closed = true;
        assertThat(presenter.list()).isEqualTo(new Closed("not for you"));
    }

    @Test
    void passesOnWhatIsWrongWithADraft() {
        assertThat(presenter.tried("no constraint")).isEqualTo(new Unreadable("expected a constraint"));
    }

    private static ConstraintView view(String type, String reach, List<String> roles, Optional<Duration> within) {
        return new ConstraintView(type, type, reach, roles, roles, List.of(), Map.of(), within, "");
    }

    private static final class FakeConstraints extends ConstraintService {
        private List<ConstraintView> all = List.of();
        private boolean closed;

        @Override
        public List<ConstraintView> list(Caller caller) {
            if (closed) {
                throw new NotAllowedException("not for you");
            }
            return all;
        }

        @Override
        public List<ConflictReport> report(Caller caller, String yaml) {
            throw new InvalidRequestException("body", "expected a constraint");
        }
    }
}
