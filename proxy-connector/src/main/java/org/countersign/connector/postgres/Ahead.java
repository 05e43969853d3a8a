package org.countersign.connector.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.countersign.connector.intercept.Company;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Command;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlCommand;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an Execute in its batch, as far as it is known before it runs what it does: reads and writes that
 * depend on nothing in the batch. Looked at only where an Execute is held. Confined to the session's event loop.
 */
final class Ahead implements Company {
    /** What one can still read and decide about at once. */
    private static final int MAX_COMMANDS = 1_000;

    private static final int MAX_CHARACTERS = 1 << 20;

    private final Talk talk;
    private final PostgresCommands commands;
    private final ClientNames names;
    private final Pipeline pipeline;
    private final Meaning meaning;
    private final Function<Parse, Optional<Known>> understood;
    private final Map<Command, Statement> statements = new IdentityHashMap<>();
    private Deque<FrontendMessage> batch = new ArrayDeque<>();
    private @Nullable Portal current;

    /**
     * A statement that is known already.
     *
     * @param reason as its text gives it
     */
    record Known(Statement statement, Optional<String> reason) {
        static Known of(Prepared prepared) {
            return new Known(prepared.statement(), prepared.reason());
        }
    }

    /** A Bind that has not had its turn. */
    private record Bound(Known known, Bind bind) {}

    /** @param understood the statement of a Parse that has not had its turn; empty where it is not known yet */
    Ahead(
            Talk talk,
            PostgresCommands commands,
            ClientNames names,
            Pipeline pipeline,
            Meaning meaning,
            Function<Parse, Optional<Known>> understood) {
        this.talk = talk;
        this.commands = commands;
        this.names = names;
        this.pipeline = pipeline;
        this.meaning = meaning;
        this.understood = understood;
    }

    /** @param left the messages of the batch; each is taken out when it has its turn */
    void of(Deque<FrontendMessage> left) {
        batch = left;
    }

    /** An Execute of this portal has its turn. */
    Company behind(Portal portal) {
        current = portal;
        return this;
    }

    void forget() {
        batch = new ArrayDeque<>();
        statements.clear();
        current = null;
    }

    @Override
    public List<Command> behind() {
        statements.clear();
        var found = new ArrayList<Command>();
        if (pipeline.dependent()) {
            return found;
        }
        var parsed = new HashMap<String, Known>();
        var bound = new HashMap<String, Bound>();
        int characters = 0;
        for (FrontendMessage message : batch) {
            boolean known = switch (message) {
                case Parse parse -> parsed(parse, parsed);
                case Bind bind -> bound(bind, parsed, bound);
                case FrontendMessage.Describe describe -> true;
                case Execute execute -> executed(execute, bound, found);
                default -> false;
            };
            if (message instanceof Execute && known) {
                characters += characters(found.getLast());
            }
            if (!known || found.size() >= MAX_COMMANDS || characters > MAX_CHARACTERS) {
                break;
            }
        }
        return found;
    }

    private static int characters(Command command) {
        return command.text().length()
                + command.parameters().stream()
                        .mapToInt(parameter ->
                                parameter.value().map(String::length).orElse(0))
                        .sum();
    }

    private boolean parsed(Parse parse, Map<String, Known> parsed) {
        Optional<Known> statement = understood.apply(parse);
        statement.ifPresent(known -> parsed.put(parse.statement(), known));
        return statement.isPresent();
    }

    private boolean bound(Bind bind, Map<String, Known> parsed, Map<String, Bound> bound) {
        @Nullable Known known = parsed.get(bind.statement());
        if (known == null) {
            known = names.statement(bind.statement()).map(Known::of).orElse(null);
        }
        if (known == null
                || bind.values().size() != known.statement().parameterTypes().size()) {
            return false;
        }
        bound.put(bind.portal(), new Bound(known, bind));
        return true;
    }

    private boolean executed(Execute execute, Map<String, Bound> bound, List<Command> found) {
        @Nullable Bound what = bound.remove(execute.portal());
        if (what == null) {
            what = names.portal(execute.portal())
                    .filter(portal -> portal != current && !portal.open() && !portal.spent())
                    .map(portal -> new Bound(Known.of(portal.prepared()), portal.bind()))
                    .orElse(null);
        }
        if (what == null || !foreknown(what.known().statement())) {
            return false;
        }
        Statement statement = what.known().statement();
        Optional<List<String>> settings = statement.depends() ? talk.knownSettings() : Optional.of(List.<String>of());
        if (settings.isEmpty()) {
            return false;
        }
        List<Parameter> parameters = PostgresCommands.parameters(statement, what.bind());
        Command command = commands.command(
                statement, parameters, settings.get(), what.known().reason());
        statements.put(command, statement);
        found.add(command);
        return true;
    }

    private static boolean foreknown(Statement statement) {
        return statement.kind() instanceof StatementKind.Optimizable
                && statement.mistake().isEmpty()
                && CommandRun.namesItsColumns(statement);
    }

    @Override
    public Command together(List<Command> commandsTogether) {
        List<SqlCommand> pieces = commandsTogether.stream()
                .map(command -> switch (command) {
                    case SqlCommand sql -> sql;
                })
                .toList();
        return SqlCommand.several(
                pieces.stream().map(SqlCommand::text).collect(Collectors.joining(";\n")),
                pieces,
                pieces.stream()
                        .flatMap(piece -> piece.settings().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                talk.inTransactionOfTheClients());
    }

    @Override
    public CompletionStage<Boolean> unchanged(List<Command> approved) {
        var known = new ArrayDeque<Statement>();
        for (Command command : approved) {
            @Nullable Statement statement = statements.get(command);
            if (statement == null) {
                return CompletableFuture.completedStage(false);
            }
            known.add(statement);
        }
        return Sequence.run(known, meaning::unchanged);
    }
}
