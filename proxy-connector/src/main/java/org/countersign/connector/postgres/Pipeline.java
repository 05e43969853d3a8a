package org.countersign.connector.postgres;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends between two Syncs, as far as something in it depends on what runs before it. Such a statement is
 * understood only in its turn. For that the target must be where an analysis leaves nothing behind: behind transaction
 * control a Sync of the gateway's own brings it there; all else runs in a block of the gateway's own then, which the
 * client's Sync commits.
 */
final class Pipeline {
    private static final Set<String> BOUNDARIES = Set.of(
            "begin",
            "start transaction",
            "commit",
            "end",
            "rollback",
            "abort",
            "savepoint",
            "release savepoint",
            "rollback to savepoint");

    private static final Set<String> ENDS = Set.of("commit", "end", "rollback", "abort");

    /** Utility statements that cannot run in a block, or may end one, or only run in one that is the client's. */
    private static final Set<String> ALONE = Set.of(
            "lock",
            "vacuum",
            "cluster",
            "reindex",
            "checkpoint",
            "call",
            "do",
            "create database",
            "alter database",
            "drop database",
            "create tablespace",
            "drop tablespace",
            "create subscription",
            "alter subscription",
            "drop subscription");

    private final Talk talk;
    private final ClientNames names;
    private final ImplicitBlock block;
    private final Map<String, StatementKind> parsed = new HashMap<>();
    private final Map<String, StatementKind> bound = new HashMap<>();
    private final Set<Prepared> late = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean executes;
    private boolean redefines;
    private boolean renames;
    private boolean dependent;

    Pipeline(Talk talk, ClientNames names) {
        this.talk = talk;
        this.names = names;
        block = new ImplicitBlock(talk);
    }

    /** Looks at a Parse; returns whether its statement can only be understood in its turn. */
    boolean waits(String name, StatementKind kind, Finding finding) {
        parsed.put(name, kind);
        boolean waits = switch (finding) {
            case Finding.Understood understood ->
                redefines && understood.statement().depends() || renames && named(kind);
            case Finding.Unreadable unreadable -> redefines;
            case Finding.Mistaken mistaken ->
                executes && !mistaken.late() && !mistaken.unreadable() && !Cancellation.is(mistaken.diagnostic());
        };
        dependent |= waits;
        return waits;
    }

    /** Looks at a Bind. */
    void looksAt(Bind bind) {
        @Nullable StatementKind kind = parsed.get(bind.statement());
        if (kind == null) {
            kind = names.statement(bind.statement())
                    .map(prepared -> prepared.statement().kind())
                    .orElse(null);
        }
        if (kind != null) {
            bound.put(bind.portal(), kind);
        }
        dependent |= redefines;
    }

    /** Looks at an Execute. */
    void looksAt(Execute execute) {
        executes = true;
        @Nullable StatementKind kind = bound.get(execute.portal());
        if (kind == null) {
            kind = names.portal(execute.portal())
                    .map(portal -> portal.statement().kind())
                    .orElse(null);
        }
        if (kind != null) {
            redefines |= redefines(kind);
            renames |= kind instanceof StatementKind.Prepare || kind instanceof StatementKind.Declare;
        }
    }

    /** All that the client sent so far has been looked at, and a Flush is behind it: what follows may depend on it. */
    void flushed() {
        dependent |= executes;
    }

    /** What was looked at has been worked on. */
    void forget() {
        parsed.clear();
        bound.clear();
        executes = false;
        redefines = false;
        renames = false;
        dependent = false;
    }

    /** Whether anything depends on what runs before it. */
    boolean dependent() {
        return dependent || block.ours();
    }

    /** Whether a Sync goes to the target behind the statement. */
    boolean syncs(Statement statement, boolean syncFollows) {
        return dependent()
                ? statement.kind() instanceof StatementKind.TransactionControl control
                        && BOUNDARIES.contains(control.name())
                : syncFollows;
    }

    /** It was judged behind something that is not synchronised: nobody can be asked about it before the next Sync. */
    void judgedLate(Prepared prepared) {
        late.add(prepared);
    }

    /** It was judged anew while it runs. */
    void judgedAnew(Prepared prepared) {
        if (block.ours()) {
            late.add(prepared);
        }
    }

    boolean late(Prepared prepared) {
        return late.contains(prepared);
    }

    /** Has an allowed statement run where what depends on it can be understood. */
    CompletionStage<Boolean> run(
            PendingCommand pending, Statement statement, Supplier<CompletionStage<Boolean>> statementRuns) {
        CompletionStage<Boolean> ran;
        if (!dependent()) {
            ran = statementRuns.get();
        } else if (block.ours() && statement.kind() instanceof StatementKind.TransactionControl control) {
            ran = block.control(pending, control, statement.text(), statementRuns);
        } else {
            boolean opens = !talk.target.unsynced() && shares(statement);
            ran = (opens ? block.begin() : CompletableFuture.<Void>completedStage(null))
                    .thenCompose(begun -> statementRuns.get());
        }
        return ran.thenApply(good -> {
            if (good) {
                ran(statement);
            }
            return good;
        });
    }

    private void ran(Statement statement) {
        if (dependent() && redefines(statement.kind())) {
            names.suspect();
        }
        if (statement.kind() instanceof StatementKind.TransactionControl control && ENDS.contains(control.name())) {
            names.transactionEnded();
        }
    }

    /** Ends the gateway's own block, if there is one; returns the round that did, with the error if it could not be. */
    CompletionStage<Round> close() {
        late.clear();
        if (!block.ours()) {
            return Talk.nothing();
        }
        return talk.target.passingOver() || talk.inFailedTransaction()
                ? block.undo().thenCompose(undone -> Talk.nothing())
                : block.commit();
    }

    /** Whether it is about what has a name then. */
    private static boolean named(StatementKind kind) {
        return kind instanceof StatementKind.ExecutePrepared || kind instanceof StatementKind.CursorUse;
    }

    /** Whether it may change what a statement behind it means. */
    private static boolean redefines(StatementKind kind) {
        return switch (kind) {
            case StatementKind.Utility u -> true;
            case StatementKind.Setting setting ->
                setting.setting().equals("all")
                        || Helpers.TRACKED_SETTINGS.stream().anyMatch(setting.setting()::equalsIgnoreCase);
            case StatementKind.TransactionControl control ->
                control.name().startsWith("rollback") || control.name().equals("abort");
            case StatementKind.Emulated emulated -> emulated.name().startsWith("discard");
            case StatementKind.Optimizable o -> false;
            case StatementKind.Explain e -> false;
            case StatementKind.Declare d -> false;
            case StatementKind.CursorUse c -> false;
            case StatementKind.Prepare p -> false;
            case StatementKind.ExecutePrepared e -> false;
            case StatementKind.Copy c -> false;
            case StatementKind.Show s -> false;
            case StatementKind.Refused r -> false;
        };
    }

    /** Whether it does in a block of the gateway's what it would do as the first of several outside of one. */
    private static boolean shares(Statement statement) {
        return switch (statement.kind()) {
            case StatementKind.Optimizable o -> true;
            case StatementKind.Explain e -> true;
            case StatementKind.Show s -> true;
            case StatementKind.Prepare p -> true;
            case StatementKind.ExecutePrepared e -> true;
            case StatementKind.Setting setting -> !setting.local();
            case StatementKind.Declare declare -> declare.holds();
            case StatementKind.Emulated emulated -> !LocalAnswer.runsAlone(statement);
            case StatementKind.Utility utility ->
                !ALONE.contains(utility.name())
                        && !statement.text().toLowerCase(Locale.ROOT).contains("concurrently");
            case StatementKind.CursorUse c -> false;
            case StatementKind.Copy c -> false;
            case StatementKind.TransactionControl t -> false;
            case StatementKind.Refused r -> false;
        };
    }
}
