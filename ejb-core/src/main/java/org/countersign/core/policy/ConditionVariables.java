package org.countersign.core.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.Condition.Situation;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/**
 * What a condition may ask about. Each name is declared by itself, dots and all, so that a misspelt one does not
 * compile and only what an expression uses is ever computed.
 */
final class ConditionVariables {
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    /** A variable and where its value comes from. */
    record Variable(CelType type, Function<Situation, Object> value) {}

    static final Map<String, Variable> ALL = all();

    private ConditionVariables() {}

    private static Map<String, Variable> all() {
        var variables = new LinkedHashMap<String, Variable>();
        principal(variables, "name", SimpleType.STRING, Principal::name);
        principal(variables, "agent", SimpleType.BOOL, Principal::agent);
        principal(
                variables,
                "owner",
                SimpleType.STRING,
                who -> who.owner().map(Person::name).orElse(""));
        principal(
                variables,
                "onBehalfOf",
                SimpleType.STRING,
                who -> who.onBehalfOf().map(Person::name).orElse(""));
        principal(variables, "realmRoles", TEXTS, who -> sorted(who.realmRoles()));
        principal(variables, "groups", TEXTS, who -> sorted(who.groups()));
        principal(variables, "client", SimpleType.STRING, Principal::client);
        principal(variables, "task", SimpleType.STRING, who -> who.task().orElse(""));
        variables.put(
                "principal.registered",
                new Variable(SimpleType.BOOL, now -> now.registration().isPresent()));
        registration(variables, "class", AgentRegistration::agentClass);
        registration(variables, "purpose", AgentRegistration::purpose);
        variables.put("principal.roles", new Variable(TEXTS, now -> sorted(now.roles())));

        session(variables, "target.name", SimpleType.STRING, SessionFacts::target);
        session(variables, "target.protocol", SimpleType.STRING, SessionFacts::protocol);
        session(
                variables,
                "target.labels",
                MapType.create(SimpleType.STRING, SimpleType.STRING),
                SessionFacts::targetLabels);

        command(variables, "kind", SimpleType.STRING, Command::kind);
        command(variables, "text", SimpleType.STRING, Command::text);
        command(
                variables,
                "actions",
                TEXTS,
                what -> what.accesses().stream()
                        .map(access -> access.action().name())
                        .distinct()
                        .sorted()
                        .toList());
        command(
                variables,
                "resources",
                TEXTS,
                what -> what.accesses().stream()
                        .map(access -> access.resource().name())
                        .distinct()
                        .sorted()
                        .toList());
        command(variables, "functions", TEXTS, Command::functions);
        command(variables, "reads", SimpleType.BOOL, what -> what.effects().contains(Effect.READ));
        command(variables, "writes", SimpleType.BOOL, what -> what.effects().contains(Effect.WRITE));
        command(variables, "defines", SimpleType.BOOL, what -> what.effects().contains(Effect.DEFINE));
        command(
                variables,
                "administers",
                SimpleType.BOOL,
                what -> what.effects().contains(Effect.ADMINISTER));
        command(variables, "hasPredicate", SimpleType.BOOL, Command::hasPredicate);
        command(variables, "statements", SimpleType.INT, what -> (long) what.statements());
        variables.put(
                "command.estimated",
                new Variable(
                        SimpleType.BOOL,
                        now -> now.assessment().estimate().rows().isPresent()));
        variables.put(
                "command.estimatedRows",
                new Variable(
                        SimpleType.INT,
                        now -> now.assessment()
                                .estimate()
                                .rows()
                                .orElseThrow(() -> new IllegalStateException("the rows are not known"))));
        variables.put("risk.score", new Variable(SimpleType.INT, now ->
                (long) now.assessment().risk().score()));
        variables.put(
                "risk.reasons",
                new Variable(TEXTS, now -> now.assessment().risk().reasons()));
        variables.put("command.classes", new Variable(TEXTS, now -> sorted(now.classes())));

        session(variables, "session.id", SimpleType.STRING, facts -> facts.id().toString());
        session(variables, "session.address", SimpleType.STRING, SessionFacts::address);
        session(variables, "session.tls", SimpleType.BOOL, SessionFacts::tls);
        session(variables, "session.startedAt", SimpleType.TIMESTAMP, SessionFacts::startedAt);
        variables.put("session.commands", new Variable(SimpleType.INT, Situation::commandsSoFar));
        variables.put(
                "session.inTransaction",
                new Variable(SimpleType.BOOL, now -> now.command().inTransaction()));
        variables.put("now", new Variable(SimpleType.TIMESTAMP, Situation::now));
        return Map.copyOf(variables);
    }

    private static void principal(
            Map<String, Variable> variables, String name, CelType type, Function<Principal, Object> value) {
        variables.put(
                "principal." + name,
                new Variable(type, now -> value.apply(now.session().principal())));
    }

    private static void registration(
            Map<String, Variable> variables, String name, Function<AgentRegistration, Object> value) {
        variables.put(
                "principal." + name,
                new Variable(
                        SimpleType.STRING, now -> now.registration().map(value).orElse("")));
    }

    private static void session(
            Map<String, Variable> variables, String name, CelType type, Function<SessionFacts, Object> value) {
        variables.put(name, new Variable(type, now -> value.apply(now.session())));
    }

    private static void command(
            Map<String, Variable> variables, String name, CelType type, Function<Command, Object> value) {
        variables.put("command." + name, new Variable(type, now -> value.apply(now.command())));
    }

    private static Object sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }
}
