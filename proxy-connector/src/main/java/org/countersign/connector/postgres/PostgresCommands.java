package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.TextConstants;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.Justification;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;

/** Turns statements into commands: what a text means is found out once, what is bound to it for each execution. */
final class PostgresCommands {
    private final Talk talk;
    private final Cursors cursors;
    private final SqlPrepared prepared;

    PostgresCommands(Talk talk, Cursors cursors, SqlPrepared prepared) {
        this.talk = talk;
        this.cursors = cursors;
        this.prepared = prepared;
    }

    /** Finds out what one statement would do; one that is still prepared need not be analysed again. */
    CompletionStage<Finding> understand(Piece piece, List<Integer> parameterTypes) {
        Optional<Finding> kept = kept(piece, parameterTypes);
        return kept.isPresent()
                ? found(kept.get())
                : analyse(piece, parameterTypes).thenApply(finding -> kept(finding, parameterTypes));
    }

    /** A statement of exactly this text that was left prepared; its Bind shows whether it still means the same. */
    Optional<Finding> kept(Piece piece, List<Integer> parameterTypes) {
        if (talk.inFailedTransaction()) {
            return Optional.empty();
        }
        return talk.knownSettings()
                .flatMap(settings -> talk.kept.take(piece.text(), parameterTypes, settings))
                .map(Finding.Understood::new);
    }

    private Finding kept(Finding finding, List<Integer> parameterTypes) {
        if (finding instanceof Finding.Understood understood
                && understood.statement().keepable()) {
            talk.knownSettings()
                    .ifPresent(settings -> talk.kept.keep(understood.statement(), parameterTypes, settings));
        }
        return finding;
    }

    /** The Bind of a statement that a simple Query holds. */
    Bind simple(Statement statement) {
        return cursors.simple(statement);
    }

    /** Finds out what one statement would do. Nothing of it has run or remains afterwards but the prepared statement. */
    CompletionStage<Finding> analyse(Piece piece, List<Integer> parameterTypes) {
        StatementKind kind = StatementKind.of(piece);
        if (talk.inFailedTransaction()
                && !(kind instanceof StatementKind.TransactionControl control && Statement.ending(control.name()))) {
            return inFailedTransaction(piece, kind, parameterTypes);
        }
        return switch (kind) {
            case StatementKind.Optimizable optimizable ->
                new AnalysisTalk(talk, kind, piece.text(), parameterTypes).run();
            case StatementKind.Explain explain -> explain(piece, explain, parameterTypes);
            case StatementKind.Copy copy -> new CopyTalk(talk, copy, piece.text()).run();
            case StatementKind.TransactionControl control ->
                prepare(piece, kind, parameterTypes, SqlAnalysis.harmless());
            case StatementKind.Setting setting -> setting(piece, setting, parameterTypes);
            case StatementKind.Show show -> show(piece, show, parameterTypes);
            case StatementKind.Utility utility ->
                (utility.preparedAside()
                                ? new ReadOnlyPrepare(talk, kind, piece.text(), parameterTypes).run(utility.analysis())
                                : prepare(piece, kind, parameterTypes, utility.analysis()))
                        .thenApply(PostgresCommands::withItsColumns);
            case StatementKind.Declare declare -> cursors.declare(piece, declare, parameterTypes);
            case StatementKind.CursorUse use -> cursors.use(piece, use);
            case StatementKind.Prepare prepare -> prepared.prepare(piece, prepare);
            case StatementKind.ExecutePrepared execute -> found(prepared.execute(piece, execute));
            case StatementKind.Emulated emulated ->
                found(new Finding.Understood(local(piece, kind, Optional.empty(), SqlAnalysis.harmless())));
            case StatementKind.Refused refused -> {
                var unreadable = Finding.Unreadable.because(refused.name(), refused.reason());
                yield refused.unknown()
                        ? new ReadOnlyPrepare(talk, kind, piece.text(), parameterTypes).mistakeOr(unreadable)
                        : found(unreadable);
            }
        };
    }

    /** The server still looks for mistakes in the text, and refuses all else. */
    private CompletionStage<Finding> inFailedTransaction(Piece piece, StatementKind kind, List<Integer> types) {
        return prepare(piece, kind, types, SqlAnalysis.harmless())
                .thenApply(finding -> finding instanceof Finding.Mistaken
                        ? finding
                        : new Finding.Mistaken(
                                PostgresErrors.inFailedTransaction().diagnostic()));
    }

    private CompletionStage<Finding> setting(Piece piece, StatementKind.Setting setting, List<Integer> types) {
        String value = setting.value().map(PostgresCommands::unquoted).orElse("");
        return switch (setting.setting()) {
            case "all", "client_min_messages", Justification.SETTING ->
                found(new Finding.Understood(local(piece, setting, Optional.empty(), SqlAnalysis.harmless())));
            case "client_encoding" ->
                setting.value().isEmpty() || StartupOptions.encodingAllowed(value)
                        ? found(new Finding.Understood(local(piece, setting, Optional.empty(), SqlAnalysis.harmless())))
                        : found(Finding.Unreadable.because("set", "client_encoding is either UTF8 or SQL_ASCII"));
            default -> prepare(piece, setting, types, SqlAnalysis.harmless());
        };
    }

    private CompletionStage<Finding> show(Piece piece, StatementKind.Show show, List<Integer> types) {
        SqlAnalysis analysis = withOutputs(SqlAnalysis.harmless(), List.of(show.setting()));
        if (!show.setting().equals("client_min_messages")) {
            return prepare(piece, show, types, analysis);
        }
        var column = new Column(show.setting(), 0, (short) 0, Types.TEXT, (short) -1, -1, Format.TEXT);
        return found(new Finding.Understood(local(piece, show, Optional.of(List.of(column)), analysis)));
    }

    private static Statement local(
            Piece piece, StatementKind kind, Optional<List<Column>> columns, SqlAnalysis analysis) {
        return Statement.plain(piece.text(), kind, Optional.empty(), List.of(), columns, analysis);
    }

    static String unquoted(String value) {
        String trimmed = value.strip();
        boolean quoted = trimmed.length() >= 2
                && (trimmed.charAt(0) == '\'' || trimmed.charAt(0) == '"')
                && trimmed.charAt(0) == trimmed.charAt(trimmed.length() - 1);
        return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }

    private CompletionStage<Finding> explain(Piece piece, StatementKind.Explain explain, List<Integer> types) {
        return new AnalysisTalk(talk, explain.inner(), explain.innerText(), types)
                .run()
                .thenCompose(inner -> switch (inner) {
                    case Finding.Understood understood -> {
                        talk.leave(understood.statement());
                        yield new ReadOnlyPrepare(talk, explain, piece.text(), types)
                                .run(withOutputs(understood.statement().analysis(), List.of("QUERY PLAN")));
                    }
                    case Finding.Unreadable unreadable -> found(unreadable);
                    case Finding.Mistaken mistaken ->
                        found(new Finding.Mistaken(
                                ErrorPosition.shifted(mistaken.diagnostic(), explain.innerOffset())));
                });
    }

    /** What a statement without trees returns could come from anywhere; who may run it sees everything in clear. */
    private static Finding withItsColumns(Finding finding) {
        if (!(finding instanceof Finding.Understood understood)) {
            return finding;
        }
        Statement statement = understood.statement();
        List<String> labels =
                statement.columns().orElse(List.of()).stream().map(Column::name).toList();
        return new Finding.Understood(Statement.plain(
                statement.text(),
                statement.kind(),
                statement.target(),
                statement.parameterTypes(),
                statement.columns(),
                withOutputs(statement.analysis(), labels)));
    }

    /** What comes back is about the statement, not from the columns it names. */
    static SqlAnalysis withOutputs(SqlAnalysis analysis, List<String> labels) {
        return new SqlAnalysis(
                analysis.accesses(),
                analysis.effects(),
                analysis.functions(),
                analysis.hasPredicate(),
                labels.stream().map(label -> new OutputField(label, Set.of())).toList(),
                analysis.examined(),
                analysis.moved(),
                analysis.written(),
                analysis.routines(),
                analysis.treeDigest());
    }

    /** Prepares a utility statement: the server only parses it, and nothing of ours comes near it. */
    private CompletionStage<Finding> prepare(
            Piece piece, StatementKind kind, List<Integer> types, SqlAnalysis analysis) {
        String name = Names.random();
        return talk.target.run(talk.preparing(name, piece.text(), types)).thenApply(round -> {
            if (round.error().isPresent()) {
                return new Finding.Mistaken(round.error().get());
            }
            return new Finding.Understood(Statement.plain(
                    piece.text(), kind, Optional.of(name), round.parameterTypes(), round.columns(), analysis));
        });
    }

    /**
     * The command that executing the statement with these values would be.
     *
     * @param reason as its text gives it; otherwise the session's counts
     */
    SqlCommand command(
            Statement statement, List<Parameter> parameters, List<String> settings, Optional<String> reason) {
        SqlCommand command = new SqlCommand(
                        statement.kind().name(),
                        statement.text(),
                        parameters,
                        statement.analysis(),
                        settings,
                        talk.inTransactionOfTheClients())
                .because(reason.or(talk.reason::now))
                .estimated(statement.estimate());
        return statement.analysis().written().isEmpty()
                ? command
                : command.withConstants(TextConstants.of(statement.text()));
    }

    /** The bound values as people and records see them. */
    static List<Parameter> parameters(Statement statement, Bind bind) {
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < bind.values().size(); i++) {
            int type = i < statement.parameterTypes().size()
                    ? statement.parameterTypes().get(i)
                    : 0;
            byte[] value = bind.values().get(i);
            Optional<String> text =
                    value == null ? Optional.empty() : Optional.of(text(type, bind.parameterFormat(i), value));
            parameters.add(new Parameter(Types.name(type), text));
        }
        return parameters;
    }

    private static String text(int type, Format format, byte[] value) {
        Optional<String> text = format == Format.TEXT
                ? Optional.of(new String(value, StandardCharsets.UTF_8))
                : BinaryText.of(type, value);
        return text.orElseGet(() -> "\\x" + HexFormat.of().formatHex(value));
    }

    private static CompletionStage<Finding> found(Finding finding) {
        return CompletableFuture.completedStage(finding);
    }
}
