package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.Assessment;
import org.countersign.model.policy.Condition;
import org.countersign.model.policy.Condition.ConditionFailedException;
import org.countersign.model.policy.Risk;
import org.countersign.model.policy.RiskFactor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

final class ConditionCompilerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private final ConditionCompiler compiler = new ConditionCompiler();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "principal.agent && command.writes",
                "principal.name == 'orders-agent' && principal.owner == 'alice' && principal.onBehalfOf == ''",
                "principal.client == 'orders-agent' && principal.task == 'T-1'",
                "'orders-writer' in principal.roles && 'a' in principal.realmRoles && '/ops' in principal.groups",
                "target.name == 'shop' && target.protocol == 'postgresql' && target.labels['env'] == 'prod'",
                "'env' in target.labels && target.labels.env == 'prod'",
                "command.kind == 'update' && command.text.startsWith('update') && command.statements == 1",
                "'sql:update' in command.actions && command.resources.exists(r, r.startsWith('public.'))",
                "command.functions == [] && 'pan' in command.classes",
                "!command.reads && !command.defines && !command.administers && !command.hasPredicate",
                "session.id != '' && session.address.startsWith('127.') && !session.tls && session.inTransaction",
                "session.commands == 12 && session.commands < 100",
                "now - session.startedAt >= duration('1h')",
                "now.getHours() == 10 && now.getDayOfWeek() == 0",
                "command.text.matches('^update .*')",
                "risk.score >= 60 && 'rows' in risk.reasons",
                "command.estimated && command.estimatedRows == 1200",
            })
    void answersYes(String expression) throws ConditionFailedException {
        assertThat(compiled(expression).matches(situation())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "principal.agnet",
                "principal",
                "risk > 3",
                "command.text",
                "command.statements == 'one'",
                "principal.name && true",
                "command.kind ==",
                "unknown(1)",
                "",
                "java.lang.System.exit(1)",
            })
    void refusesWhatIsNotACondition(String expression) {
        var reading = new Reading();
        compiler.compile(value(expression, reading));
        assertThat(reading.problems()).isNotEmpty();
    }

    @Test
    void namesTheAllowedVariables() {
        var reading = new Reading();
        compiler.compile(value("principal.agent && comand.writes", reading));
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("line 1, character 20", "command.writes", "principal.onBehalfOf", "risk.score"));
    }

    @Test
    void boundsLengthAndDepth() {
        var reading = new Reading();
        compiler.compile(value("true || ".repeat(400) + "true", reading));
        compiler.compile(value("(".repeat(900) + "true" + ")".repeat(900), reading));
        assertThat(reading.problems()).hasSize(2);
    }

    @Test
    void boundsTheRoundsOfLoops() {
        String ten = "[0,1,2,3,4,5,6,7,8,9]";
        String loops = ten + ".all(a, " + ten + ".all(b, " + ten + ".all(c, " + ten + ".all(d, " + ten
                + ".all(e, a + b + c + d + e < 100)))))";
        assertThatThrownBy(() -> compiled(loops).matches(situation())).isInstanceOf(ConditionFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command.estimatedRows > 5", "command.estimatedRows <= 5"})
    void rowsThatAreNotKnownHaveNoAnswer(String expression) throws ConditionFailedException {
        assertThatThrownBy(() -> compiled(expression).matches(situation(new Estimate.Unknown("too slow"))))
                .isInstanceOf(ConditionFailedException.class);
        assertThat(compiled("!command.estimated").matches(situation(new Estimate.Unknown("too slow"))))
                .isTrue();
    }

    @Test
    void missingLabelHasNoAnswer() {
        assertThatThrownBy(() -> compiled("target.labels['zone'] == 'eu'").matches(situation()))
                .isInstanceOf(ConditionFailedException.class);
    }

    private Condition compiled(String expression) {
        var reading = new Reading();
        Condition condition = compiler.compile(value(expression, reading));
        assertThat(reading.problems()).isEmpty();
        return condition;
    }

    private static Value value(String expression, Reading reading) {
        return new Value(new ScalarNode(Tag.STR, expression, ScalarStyle.PLAIN), "spec.when", reading);
    }

    private static Condition.Situation situation() {
        return situation(new Estimate.Rows(1200));
    }

    private static Condition.Situation situation(Estimate estimate) {
        var principal = new Principal(
                "https://idp",
                "sub",
                "orders-agent",
                true,
                Optional.of(new Person("https://idp", "alice")),
                Optional.empty(),
                List.of(),
                Set.of("a", "b"),
                Set.of("/ops"),
                "orders-agent",
                Optional.of("T-1"));
        var session = new SessionFacts(
                SessionId.random(),
                principal,
                "shop",
                "postgresql",
                Map.of("env", "prod"),
                "127.0.0.1:5000",
                false,
                NOW.minusSeconds(3600));
        var analysis = new SqlAnalysis(
                List.of(new Access(Action.sql("update"), new Resource.Relation("public.orders", Set.of("note")))),
                Set.of(Effect.WRITE),
                List.of(),
                false,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                "");
        var command = new SqlCommand("update", "update orders set note = ''", List.of(), analysis, List.of(), true)
                .estimated(estimate);
        return new Condition.Situation(
                session,
                command,
                Set.of("orders-writer"),
                Set.of("pan"),
                Optional.empty(),
                12,
                NOW,
                new Assessment(
                        command, () -> true, () -> new Risk(65, List.of(new Risk.Part(RiskFactor.ROWS, 65, "many")))));
    }
}
