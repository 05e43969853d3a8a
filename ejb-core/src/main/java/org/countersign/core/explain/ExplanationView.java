package org.countersign.core.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.risk.RiskView;

/**
 * What a text would do, and what the policy says to it.
 *
 * @param session the session whose recording has the inquiry
 * @param signedInAt the sign-in that told what the principal holds; empty for the caller himself and for a stranger
 * @param stranger whether the principal never signed in, so that only what its name gives it is known
 * @param verdict {@code allow}, {@code hold}, {@code deny}, or {@code error} where the target finds a mistake in it
 * @param message for the one who would send it; empty for an {@code allow}
 * @param ask what to do, or to ask for; may be empty
 * @param risk how risky it is; empty where it is not permitted or was not understood
 * @param sqlState which a client would get; empty for {@code allow} and {@code hold}
 * @param position where the mistake is, counted in characters from 1
 * @param policyVersion 0 where the policy was not asked
 * @param rules that matter to it, those that decided first
 * @param statements empty where it was not understood
 * @param detectors the content detectors whose finds are masked in all that is otherwise clear
 */
public record ExplanationView(
        UUID session,
        PrincipalView principal,
        Optional<Instant> signedInAt,
        boolean stranger,
        String target,
        String verdict,
        String message,
        String ask,
        Optional<RiskView> risk,
        Optional<String> sqlState,
        Optional<Integer> position,
        long policyVersion,
        List<RuleView> rules,
        List<StatementView> statements,
        List<String> detectors) {
    public ExplanationView {
        rules = List.copyOf(rules);
        statements = List.copyOf(statements);
        detectors = List.copyOf(detectors);
    }

    /**
     * A rule.
     *
     * @param kind {@code role}, {@code guardrail}, or {@code gateway} for what holds for everybody
     * @param effect {@code allow}, {@code approve} or {@code deny}
     * @param decided whether the verdict names it
     */
    public record RuleView(String name, String kind, String effect, boolean decided, String reason) {}

    /**
     * A statement.
     *
     * @param later whether it can be understood only once those before it ran; nothing else is known of it then
     * @param predicate whether every write says which rows it means
     * @param code functions and triggers that are not built in and would run, in words
     * @param estimatedRows how many rows the target expects; empty where that is not known
     * @param estimate the same in words, or why it is not known
     */
    public record StatementView(
            String kind,
            String text,
            boolean later,
            List<String> effects,
            boolean predicate,
            List<AccessView> accesses,
            List<FunctionView> functions,
            List<OutputView> outputs,
            List<FieldView> examined,
            List<FieldView> moved,
            List<FieldView> written,
            List<String> code,
            Optional<Long> estimatedRows,
            String estimate) {
        public StatementView {
            effects = List.copyOf(effects);
            accesses = List.copyOf(accesses);
            functions = List.copyOf(functions);
            outputs = List.copyOf(outputs);
            examined = List.copyOf(examined);
            moved = List.copyOf(moved);
            written = List.copyOf(written);
            code = List.copyOf(code);
        }
    }

    /** @param roles that permit it; empty when it is missing */
    public record AccessView(String action, String resource, List<String> columns, List<String> roles) {
        public AccessView {
            columns = List.copyOf(columns);
            roles = List.copyOf(roles);
        }
    }

    /** @param roles that name it; empty when it is missing */
    public record FunctionView(String name, List<String> roles) {
        public FunctionView {
            roles = List.copyOf(roles);
        }
    }

    /** @param mask {@code clear} or the name of a mask */
    public record OutputView(String label, String mask, List<FieldView> sources) {
        public OutputView {
            sources = List.copyOf(sources);
        }
    }

    /** @param mask how the principal sees its values */
    public record FieldView(String name, List<String> classes, String mask) {
        public FieldView {
            classes = List.copyOf(classes);
        }
    }
}
