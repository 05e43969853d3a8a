package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.StatementKind.CursorUse;
import org.countersign.connector.postgres.analysis.StatementKind.Declare;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/**
 * SQL's DECLARE, FETCH, MOVE and CLOSE. As in the server they share their names with the portals of the protocol; on the
 * target each has a name of ours. What is fetched is judged, and masked, as the cursor's query is.
 */
final class Cursors {
    private final Talk talk;
    private final ClientNames names;
    private final Map<Statement, Declared> declared = new WeakHashMap<>();
    private final Map<Statement, Portal> used = new WeakHashMap<>();
    private final Set<Portal> binary = Collections.newSetFromMap(new WeakHashMap<>());

    /** What a DECLARE opens when it runs. */
    private record Declared(String onTarget, Statement query) {}

    Cursors(Talk talk, ClientNames names) {
        this.talk = talk;
        this.names = names;
    }

    /**
     * Understands a DECLARE. The target prepares it before its query is analysed: when it then runs without having been
     * read anew, which its Bind would show, it means what the query was found to mean.
     */
    CompletionStage<Finding> declare(Piece piece, Declare kind, List<Integer> types) {
        String name = Names.random();
        int at = kind.nameAt();
        String text = renamed(piece.text(), at, kind.nameLength(), name);
        int longer = name.length() - kind.nameLength();
        return new ReadOnlyPrepare(talk, kind, text, types)
                .run(SqlAnalysis.harmless())
                .thenCompose(prepared -> switch (prepared) {
                    case Finding.Understood understood ->
                        new AnalysisTalk(talk, kind.query(), kind.queryText(), types)
                                .run()
                                .thenApply(query -> declared(piece, understood.statement(), name, query));
                    case Finding.Unreadable unreadable -> CompletableFuture.completedStage(unreadable);
                    case Finding.Mistaken mistaken ->
                        CompletableFuture.completedStage(new Finding.Mistaken(
                                ErrorPosition.shifted(mistaken.diagnostic(), at + kind.nameLength(), -longer)));
                });
    }

    private Finding declared(Piece piece, Statement prepared, String name, Finding query) {
        if (!(query instanceof Finding.Understood understood)) {
            prepared.target().ifPresent(target -> talk.leave(Subject.STATEMENT, target));
            return query instanceof Finding.Mistaken
                    ? Finding.Unreadable.because("declare", "it changed while it was analysed")
                    : query;
        }
        Statement inner = understood.statement();
        inner.target().ifPresent(target -> talk.leave(Subject.STATEMENT, target));
        var statement = new Statement(
                piece.text(),
                prepared.kind(),
                prepared.target(),
                prepared.parameterTypes(),
                Optional.empty(),
                PostgresCommands.withOutputs(inner.analysis(), List.of()),
                "",
                inner.steers());
        declared.put(statement, new Declared(name, inner));
        return new Finding.Understood(statement);
    }

    /** Understands a FETCH, MOVE or CLOSE by the cursor that has the name now. */
    CompletionStage<Finding> use(Piece piece, CursorUse kind) {
        if (kind.name().equals("close all")) {
            return prepare(piece, kind, piece.text(), Optional.empty());
        }
        Optional<Portal> portal = names.portal(ClientNames.truncated(kind.cursor()));
        String text = renamed(
                piece.text(),
                kind.nameAt(),
                kind.nameLength(),
                portal.map(Portal::reserved).orElseGet(Names::random));
        return prepare(piece, kind, text, portal);
    }

    /** The same statement for the cursor that has the name now. */
    CompletionStage<Statement> again(Statement before) {
        return use(only(before.text()), (CursorUse) before.kind())
                .thenApply(
                        finding -> finding instanceof Finding.Understood understood ? understood.statement() : before);
    }

    private static Piece only(String text) {
        try {
            return SqlLexer.split(text).getFirst();
        } catch (LexException e) {
            throw new IllegalStateException("it was split before", e);
        }
    }

    private CompletionStage<Finding> prepare(Piece piece, CursorUse kind, String text, Optional<Portal> portal) {
        String name = Names.random();
        return talk.target.run(talk.preparing(name, text, List.of())).thenApply(round -> {
            if (round.error().isPresent()) {
                return new Finding.Mistaken(round.error().get());
            }
            var statement = statement(piece, kind, name, portal);
            portal.ifPresent(of -> used.put(statement, of));
            return new Finding.Understood(statement);
        });
    }

    private static Statement statement(Piece piece, CursorUse kind, String name, Optional<Portal> portal) {
        boolean fetches = kind.name().equals("fetch");
        SqlAnalysis analysis = portal.filter(of -> !kind.name().equals("close"))
                .map(of -> of.statement().analysis())
                .map(of -> fetches ? of : PostgresCommands.withOutputs(of, List.of()))
                .orElseGet(SqlAnalysis::harmless);
        return new Statement(
                piece.text(),
                kind,
                Optional.of(name),
                List.of(),
                fetches ? portal.flatMap(of -> of.statement().columns()) : Optional.empty(),
                analysis,
                "",
                portal.filter(of -> of.statement().steers()).isPresent());
    }

    private static String renamed(String text, int at, int length, String name) {
        return text.substring(0, at) + name + text.substring(at + length);
    }

    /** Whether a statement about a cursor is still about the one that has the name now. */
    boolean current(Statement statement) {
        if (!(statement.kind() instanceof CursorUse use) || use.cursor().isEmpty()) {
            return true;
        }
        @Nullable Portal now = names.portal(ClientNames.truncated(use.cursor())).orElse(null);
        return used.get(statement) == now;
    }

    /** Why it cannot run, in the server's words. */
    Optional<ErrorResponse> refusal(Statement statement) {
        return switch (statement.kind()) {
            case Declare declare -> {
                String name = ClientNames.truncated(declare.cursor());
                if (!declare.holds() && !talk.inTransaction()) {
                    yield error("25P01", "DECLARE CURSOR can only be used in transaction blocks");
                }
                if (names.hasPortal(name)) {
                    yield error("42P03", "cursor \"" + name + "\" already exists");
                }
                yield names.portalsFull()
                        ? error("54000", "too many or too large portals in one transaction")
                        : Optional.empty();
            }
            case CursorUse use ->
                !use.cursor().isEmpty() && !used.containsKey(statement)
                        ? error("34000", "cursor \"" + ClientNames.truncated(use.cursor()) + "\" does not exist")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ErrorResponse> error(String sqlState, String message) {
        return Optional.of(PostgresErrors.plain(sqlState, message));
    }

    /** A part of the transaction is taken back: the target has to be asked which cursors are left. */
    void undone() {
        names.undone();
    }

    /** The Bind of a statement in a simple Query, which gets what a BINARY cursor has in binary. */
    Bind simple(Statement statement) {
        boolean fetchesBinary = statement.kind() instanceof CursorUse use
                && use.name().equals("fetch")
                && used.get(statement) instanceof Portal portal
                && binary.contains(portal);
        return new Bind("", "", List.of(), List.of(), fetchesBinary ? List.of(Format.BINARY) : List.of());
    }

    /** The portal a FETCH, MOVE or CLOSE needs on the target, if it is not there yet. */
    Optional<Portal> unopened(Statement statement) {
        return Optional.ofNullable(used.get(statement)).filter(portal -> !portal.open());
    }

    /** It ran. */
    void done(Statement statement, PendingCommand pending) {
        switch (statement.kind()) {
            case Declare declare -> {
                @Nullable Declared opened = declared.get(statement);
                if (opened != null) {
                    var query = new Prepared(opened.query(), pending, talk.now());
                    query.takeReceived(); // the DECLARE's; each reading of the cursor is received by itself
                    var none = new Bind("", "", new ArrayList<>(), List.of(), List.of());
                    var portal = Portal.declared(query, none, opened.onTarget(), declare.holds());
                    if (declare.binary()) {
                        binary.add(portal);
                    }
                    names.bind(ClientNames.truncated(declare.cursor()), portal);
                }
            }
            case CursorUse use -> {
                if (use.name().equals("close")) {
                    names.closePortal(ClientNames.truncated(use.cursor()));
                } else if (use.name().equals("close all")) {
                    names.closePortals();
                }
            }
            default -> {
                // nothing about cursors
            }
        }
    }

    static boolean concerns(StatementKind kind) {
        return kind instanceof Declare || kind instanceof CursorUse;
    }
}
