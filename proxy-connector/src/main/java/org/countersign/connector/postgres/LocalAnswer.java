package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.Justification;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.ParameterStatus;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;

/** Statements that the gateway carries out itself, because what they name is its own. */
final class LocalAnswer {
    private static final String LEVEL = "client_min_messages";
    private final Talk talk;
    private final ClientNames names;
    private final SqlPrepared prepared;

    LocalAnswer(Talk talk, ClientNames names, SqlPrepared prepared) {
        this.prepared = prepared;
        this.talk = talk;
        this.names = names;
    }

    /** @return true when the client can go on; false when it was told of an error */
    CompletionStage<Boolean> run(PendingCommand pending, Statement statement, boolean simple) {
        if (statement.kind() instanceof StatementKind.Emulated emulated
                && !emulated.object().isEmpty()
                && !names.hasStatement(ClientNames.truncated(emulated.object()))) {
            return fail(
                    pending,
                    "26000",
                    "prepared statement \"" + ClientNames.truncated(emulated.object()) + "\" does not exist");
        }
        if (runsAlone(statement) && (talk.target.unsynced() || talk.inTransaction())) {
            return fail(pending, "25001", "DISCARD ALL cannot run inside a transaction block");
        }
        if (statement.kind() instanceof StatementKind.Prepare prepare) {
            Optional<ErrorResponse> refusal = prepared.carryOut(statement, prepare, pending);
            return refusal.isPresent() ? fail(pending, refusal.get()) : answer(pending, statement, "PREPARE", simple);
        }
        Optional<String> tag = carryOut(statement);
        if (tag.isEmpty() && statement.kind() instanceof StatementKind.Setting setting) {
            String value = setting.value().map(PostgresCommands::unquoted).orElse("");
            return fail(
                    pending, "22023", "invalid value for parameter \"" + setting.setting() + "\": \"" + value + "\"");
        }
        if (tag.isEmpty()) {
            return refuse(pending, statement.kind().name());
        }
        List<FrontendMessage> onTarget = onTarget(statement.kind());
        if (onTarget.isEmpty()) {
            return answer(pending, statement, tag.get(), simple);
        }
        boolean alone = !talk.target.unsynced() && !talk.inTransaction();
        var requests = new ArrayList<>(onTarget);
        if (alone) {
            requests.add(new FrontendMessage.Sync());
        }
        return talk.target.run(requests).thenCompose(round -> {
            talk.settingsChanged();
            return round.error().isPresent()
                    ? refuse(pending, statement.kind().name())
                    : answer(pending, statement, tag.get(), simple);
        });
    }

    /** Whether it cannot run inside a transaction. */
    static boolean runsAlone(Statement statement) {
        return statement.kind().name().equals("discard all");
    }

    private CompletionStage<Boolean> fail(PendingCommand pending, String sqlState, String message) {
        return fail(pending, PostgresErrors.plain(sqlState, message));
    }

    private CompletionStage<Boolean> fail(PendingCommand pending, ErrorResponse error) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, error, Outcome.FAILED))
                .thenApply(shown -> false);
    }

    private List<FrontendMessage> onTarget(StatementKind kind) {
        if (kind instanceof StatementKind.Setting setting) {
            return switch (setting.setting()) {
                case "all" -> Discard.settings(talk.serverVersion);
                case LEVEL -> Discard.run(level(setting));
                default -> List.of();
            };
        }
        return switch (kind.name()) {
            case "discard all" -> Discard.everything(talk.serverVersion);
            case "discard temp", "discard temporary" -> Discard.run("DISCARD TEMP");
            case "discard sequences" -> Discard.run("DISCARD SEQUENCES");
            default -> List.of();
        };
    }

    /** Has the target keep it: it knows when the client's transactions take it back. */
    private String level(StatementKind.Setting setting) {
        if (setting.local()) {
            talk.notices.transactionEnds(); // outside of a transaction it is over at once
        }
        return "SET " + (setting.local() ? "LOCAL " : "") + Discard.LEVEL
                + (setting.value().isPresent() ? " = " + talk.notices.level() : " TO DEFAULT");
    }

    private CompletionStage<Boolean> refuse(PendingCommand pending, String what) {
        var refusal = talk.errors.refused(
                CountersignError.CANNOT_BE_INSPECTED,
                "The gateway does not carry out " + what.toUpperCase(Locale.ROOT) + " here.",
                "Open a new connection instead.",
                pending.id());
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, refusal, Outcome.REFUSED))
                .thenApply(shown -> false);
    }

    private CompletionStage<Boolean> answer(PendingCommand pending, Statement statement, String tag, boolean simple) {
        ResponseStream response = Responses.of(talk, pending);
        statement.columns().ifPresent(columns -> {
            if (simple) {
                BackendWriter.write(new RowDescription(columns), response.out());
            }
            byte[] level = talk.notices.level().getBytes(StandardCharsets.UTF_8);
            BackendWriter.write(DataRow.of(List.of(level)), response.out());
        });
        if (statement.kind() instanceof StatementKind.Setting setting
                && setting.setting().equals("client_encoding")
                && !StartupOptions.isUtf8(
                        setting.value().map(PostgresCommands::unquoted).orElse("UTF8"))) {
            // not what was asked for
            BackendWriter.write(new ParameterStatus("client_encoding", "UTF8"), response.out());
        }
        BackendWriter.write(new CommandComplete(tag), response.out());
        response.tag(tag);
        return talk.gate.finish(pending, response, Outcome.EXECUTED).thenApply(shown -> true);
    }

    /** Returns the command tag; empty when it cannot be carried out. */
    private Optional<String> carryOut(Statement statement) {
        return switch (statement.kind()) {
            case StatementKind.Show show -> Optional.of("SHOW");
            case StatementKind.Setting setting -> set(setting);
            case StatementKind.Emulated emulated -> emulate(emulated);
            case StatementKind.Optimizable o -> Optional.empty();
            case StatementKind.TransactionControl t -> Optional.empty();
            case StatementKind.Explain e -> Optional.empty();
            case StatementKind.Declare d -> Optional.empty();
            case StatementKind.CursorUse u -> Optional.empty();
            case StatementKind.Prepare p -> Optional.of("PREPARE");
            case StatementKind.ExecutePrepared e -> Optional.empty();
            case StatementKind.Utility u -> Optional.empty();
            case StatementKind.Copy c -> Optional.empty();
            case StatementKind.Refused r -> Optional.empty();
        };
    }

    private Optional<String> set(StatementKind.Setting setting) {
        String value = setting.value().map(PostgresCommands::unquoted).orElse("notice");
        boolean known = switch (setting.setting()) {
            case Justification.SETTING -> reason(setting.value());
            case LEVEL -> talk.notices.level(value);
            case "all" -> reason(Optional.empty()) && talk.notices.level(value);
            default -> true;
        };
        return known ? Optional.of(setting.name().toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    /** @param given empty: what the connection said again */
    private boolean reason(Optional<String> given) {
        if (given.isEmpty()) {
            talk.reason.reset();
            return true;
        }
        Optional<String> reason = Justification.of(given.get());
        reason.ifPresent(talk.reason::set);
        return reason.isPresent();
    }

    private Optional<String> emulate(StatementKind.Emulated emulated) {
        if (emulated.name().startsWith("discard ")) {
            if (emulated.name().equals("discard all")) {
                names.closeStatements();
                names.closePortals();
                talk.notices.level("notice");
                talk.reason.reset();
            }
            return Optional.of(
                    emulated.name().equals("discard temporary")
                            ? "DISCARD TEMP"
                            : emulated.name().toUpperCase(Locale.ROOT));
        }
        if (emulated.name().equals("deallocate all")) {
            names.closeStatements();
            return Optional.of("DEALLOCATE ALL");
        }
        if (!emulated.object().isEmpty()) {
            names.closeStatement(ClientNames.truncated(emulated.object()));
            return Optional.of("DEALLOCATE");
        }
        return Optional.empty();
    }
}
