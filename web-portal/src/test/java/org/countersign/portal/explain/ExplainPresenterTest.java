package org.countersign.portal.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.NotAllowedException;
import org.countersign.core.explain.ExplainRequest;
import org.countersign.core.explain.ExplainService;
import org.countersign.core.explain.ExplanationView;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;
import org.countersign.portal.explain.ExplainPresenter.Question;
import org.countersign.portal.explain.ExplainPresenter.Refused;
import org.countersign.portal.explain.ExplainPresenter.Shown;
import org.junit.jupiter.api.Test;

class ExplainPresenterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final FakeExplanations explanations = new FakeExplanations();

    @Test
    void asksForTheReaderHimselfWhenNobodyIsNamed() {
        ExplanationView view = view("allow", "", "", Optional.empty());
        explanations.answer = Optional.of(view);

        assertThat(presenter().explain(new Question(" shop ", " ", "select 1", "a:1", true)))
                .isEqualTo(new Shown(view));
        assertThat(explanations.asked)
                .containsExactly(new ExplainRequest("shop", Optional.empty(), "select 1", "a:1", true));
    }

    @Test
    void asksNothingWithoutATargetOrAText() {
        assertThat(presenter().explain(new Question("", "", "select 1", "", false)))
                .isInstanceOf(Refused.class);
        assertThat(presenter().explain(new Question("shop", "", " ", "", false)))
                .isInstanceOf(Refused.class);
        assertThat(explanations.asked).isEmpty();
    }

    @Test
    void passesOnWhyThereIsNoAnswerAndWhatToDo() {
        explanations.refusal = new AccessRefusedException(CountersignError.UNKNOWN_TARGET, "No such target.", "Ask.");
        assertThat(presenter().explain(new Question("x", "", "select 1", "", false)))
                .isEqualTo(new Refused("No such target.", "Ask."));
        explanations.refusal = new NotAllowedException("only admins may");
        assertThat(presenter().explain(new Question("x", "bob", "select 1", "", false)))
                .isEqualTo(new Refused("Only admins may.", ""));
    }

    @Test
    void saysWhereAMistakeIsAndWhatToAskFor() {
        assertThat(ExplainPresenter.explained(view("error", "Syntax error.", "", Optional.of(3))))
                .isEqualTo("Syntax error. It is at character 3 of the text.");
        assertThat(ExplainPresenter.explained(view("deny", "Denied.", "Ask.", Optional.empty())))
                .isEqualTo("Denied. Ask.");
        assertThat(ExplainPresenter.explained(view("allow", "", "", Optional.empty())))
                .isEmpty();
    }

    private ExplainPresenter presenter() {
        var principal = new Principal(
                "https://issuer",
                "id",
                "frank",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                "countersign-portal",
                Optional.empty());
        return new ExplainPresenter(explanations, () -> new Caller(principal, NOON));
    }

    private static ExplanationView view(String verdict, String message, String ask, Optional<Integer> position) {
        return new ExplanationView(
                new UUID(0, 1),
                new PrincipalView("frank", "person", Optional.empty(), Optional.empty(), List.of()),
                Optional.empty(),
                false,
                "shop",
                verdict,
                message,
                ask,
                Optional.empty(),
                Optional.empty(),
                position,
                7,
                List.of(),
                List.of(),
                List.of());
    }

    private static final class FakeExplanations extends ExplainService {
        private final List<ExplainRequest> asked = new ArrayList<>();
        private Optional<ExplanationView> answer = Optional.empty();
        private Exception refusal = new NotAllowedException("nobody answers");

        @Override
        public ExplanationView explain(Caller caller, ExplainRequest request) throws AccessRefusedException {
            asked.add(request);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (refusal instanceof AccessRefusedException refused) {
                throw refused;
            }
            throw (NotAllowedException) refusal;
        }
    }
}
