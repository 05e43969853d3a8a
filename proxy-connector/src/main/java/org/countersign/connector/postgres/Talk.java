package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.CommandGate;
import org.countersign.connector.intercept.Flow;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.command.Command;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.port.SessionGrant;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.countersign.wire.postgres.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** The two conversations of an open session side by side, and what both need to know. Confined to its event loop. */
final class Talk {
    final ClientSession session;
    final ClientWire client;
    final PostgresBackend target;
    final Helpers helpers;
    final CommandGate gate;
    final Cancellation cancellation;
    final SessionGrant grant;
    final int serverVersion;
    final boolean defers;
    final Flow flow;
    final PostgresErrors errors;
    final Notices notices = new Notices();
    final Announcements announcements;
    final CopyDoor copy = new CopyDoor();
    final TreeWatch trees;
    final KeptStatements kept;
    final Predictions predictions;
    final StandingReason reason;
    private final List<FrontendMessage> leftovers = new ArrayList<>();
    private @Nullable List<String> settings;
    private Moment now = new Moment(0, 0);
    private boolean steered;
    private boolean commits;
    private boolean implicit;
    private boolean temporaries;
    private boolean defining;

    /**
     * A point in the conversation.
     *
     * @param syncs how often the client was told that it may go on
     * @param settings how often the tracked settings may have changed
     */
    record Moment(long syncs, long settings) {}

    Talk(
            ClientSession session,
            ClientWire client,
            PostgresBackend target,
            Helpers helpers,
            CommandGate gate,
            Cancellation cancellation,
            SessionGrant grant,
            int serverVersion,
            boolean defers,
            StandingReason reason,
            Predictions predictions,
            Map<String, String> greeted) {
        this.session = session;
        this.client = client;
        this.target = target;
        this.helpers = helpers;
        this.gate = gate;
        this.cancellation = cancellation;
        this.grant = grant;
        this.serverVersion = serverVersion;
        this.defers = defers;
        this.reason = reason;
        flow = new Flow(session.surroundings().limits().unreleasedBytes(), target::listen);
        errors = new PostgresErrors(session.id());
        trees = new TreeWatch(helpers);
        kept = new KeptStatements(name -> leftovers.add(new Close(Subject.STATEMENT, name)));
        this.predictions = predictions;
        announcements = new Announcements(this, greeted);
    }

    boolean inTransaction() {
        return target.status() == TransactionStatus.IN_TRANSACTION;
    }

    /** Whether the client has opened the transaction that is open. */
    boolean inTransactionOfTheClients() {
        return inTransaction() && !implicit;
    }

    /** A transaction of the gateway's own was opened, of which the client knows nothing, or is over. */
    void implicit(boolean open) {
        implicit = open;
    }

    boolean inFailedTransaction() {
        return target.status() == TransactionStatus.FAILED;
    }

    /** Whether a text of the target that answers nothing that was judged may quote what is masked for the principal. */
    boolean hidesMessages() {
        return gate.hidesMessages(nothing(inTransactionOfTheClients()));
    }

    /** What asks for nothing: its masks are those of texts that answer no statement. */
    static Command nothing(boolean inTransaction) {
        return new SqlCommand("message", "", List.of(), SqlAnalysis.harmless(), List.of(), inTransaction);
    }

    /** Has the statement or portal closed on the target when next something is sent there, unless it is kept. */
    void leave(Subject subject, String name) {
        if (subject != Subject.STATEMENT || !kept.release(name) && !name.isEmpty()) {
            leftovers.add(new Close(subject, name));
        }
    }

    /** Something was defined on the target, or may have been: what was found out before need not hold. */
    void defined() {
        kept.forget();
        predictions.forget(grant.upstream());
        defining = true;
        if (!temporaries) {
            settings = null; // they tell whether there are temporary objects now
        }
    }

    /** Whether names may mean something here that they mean in no other session: what is known of it is not shared. */
    boolean apart() {
        return temporaries || defining;
    }

    /** The tracked settings, where they are known. */
    Optional<List<String>> knownSettings() {
        return Optional.ofNullable(settings);
    }

    /** Has everything closed on the target that was prepared for the statement. */
    void leave(Statement statement) {
        statement.target().ifPresent(name -> leave(Subject.STATEMENT, name));
        statement.copy().ifPresent(plan -> leave(Subject.STATEMENT, plan.judged()));
    }

    List<FrontendMessage> takeLeftovers() {
        var taken = List.copyOf(leftovers);
        leftovers.clear();
        return taken;
    }

    /** Asks the target for the level of notices, where a transaction's end may have changed it. */
    CompletionStage<Void> levelSettled() {
        if (!notices.unsure() || inFailedTransaction() || target.unsynced()) {
            return CompletableFuture.completedStage(null);
        }
        var requests = new ArrayList<>(takeLeftovers());
        requests.addAll(helpers.run(Helpers.Helper.LEVEL));
        requests.add(new Sync());
        return target.run(requests).thenAccept(round -> {
            if (round.rows().isEmpty()) {
                throw new IllegalStateException("the level of notices cannot be read");
            }
            notices.settle(round.rows().getFirst().text(0), target.status() == TransactionStatus.IDLE);
        });
    }

    /** What prepares and describes a statement, and nothing else. */
    List<FrontendMessage> preparing(String name, String sql, List<Integer> parameterTypes) {
        var requests = new ArrayList<>(takeLeftovers());
        requests.add(new Parse(name, sql, parameterTypes));
        requests.add(new Describe(Subject.STATEMENT, name));
        if (!target.unsynced()) {
            requests.add(new Sync());
        }
        return requests;
    }

    /** Undoes what runs on the target since the last Sync, and fails its transaction block if there is one. */
    CompletionStage<Void> abort() {
        settingsUnknown();
        trees.lost();
        if (!target.unsynced() && !inTransaction()) {
            return CompletableFuture.completedStage(null);
        }
        return target.run(List.of(Helpers.provocation(), new Sync())).thenAccept(round -> {});
    }

    /** Brings the target to its ReadyForQuery where it owes one; returns its last error, if the Sync itself failed. */
    CompletionStage<Round> sync() {
        if (!target.unsynced()) {
            return nothing();
        }
        var requests = new ArrayList<FrontendMessage>();
        if (commits && !target.passingOver()) {
            commits = false;
            requests.addAll(helpers.run(Helpers.Helper.COMMIT));
        }
        requests.add(new Sync());
        return target.run(new Round(Round.Work.STATEMENT, requests));
    }

    /** The next Sync commits the gateway's own transaction block, as it would commit without one. */
    void commitAtSync(boolean armed) {
        commits = armed;
    }

    /** A round in which nothing was asked. */
    static CompletionStage<Round> nothing() {
        var nothing = new Round(List.of());
        nothing.awaits(0);
        return nothing.over;
    }

    Moment now() {
        return now;
    }

    /** Tells the client that it may go on, behind everything the target said without being asked. */
    CompletionStage<Void> ready() {
        now = new Moment(now.syncs() + 1, now.settings());
        if (announcements.none()) {
            return tellReady();
        }
        return announcements.settle().thenCompose(shown -> tellReady());
    }

    private CompletionStage<Void> tellReady() {
        if (!session.ended()) {
            client.write(new ReadyForQuery(target.status())).flush();
        }
        return CompletableFuture.completedStage(null);
    }

    /** The tracked settings changed, or may have, and the gateway's own with them. */
    void settingsChanged() {
        settingsUnknown();
        trees.lost();
        steered = true;
        now = new Moment(now.syncs(), now.settings() + 1);
    }

    /** Those of the transaction may be others now; what a statement means is not. */
    void settingsUnknown() {
        settings = null;
        steered = true;
    }

    /** Whether settings may have changed since the target was last outside of a transaction. */
    boolean steered() {
        return steered;
    }

    /** The target is outside of a transaction: what is set now stays. */
    void transactionEnded() {
        steered = false;
        if (defining) {
            defining = false;
            predictions.forget(grant.upstream()); // others saw it as it was until now
        }
    }

    void settingsAre(DataRow row) {
        var read = new ArrayList<String>();
        for (int i = 0; i < Helpers.TRACKED_SETTINGS.size(); i++) {
            read.add(Helpers.TRACKED_SETTINGS.get(i) + "=" + row.text(i));
        }
        settings = List.copyOf(read);
        temporaries = Helpers.temporaries(row);
    }

    /** The settings that change what a statement means, asked of the target where they are not known. */
    CompletionStage<List<String>> settings() {
        List<String> known = settings;
        if (known != null) {
            return CompletableFuture.completedStage(known);
        }
        var requests = new ArrayList<>(helpers.run(Helpers.Helper.SETTINGS));
        if (!target.unsynced()) {
            requests.add(new Sync());
        }
        return target.ask(requests).thenApply(round -> {
            if (round.rows().isEmpty()) {
                throw new IllegalStateException("the settings cannot be read");
            }
            settingsAre(round.rows().getFirst());
            List<String> read = settings;
            return read == null ? List.of() : read;
        });
    }
}
