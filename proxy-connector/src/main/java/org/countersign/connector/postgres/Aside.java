package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.Helpers.Helper;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Sync;

/**
 * A stretch of the target's conversation that is read-only and taken back at its end: no effect, no lock and no setting
 * remains of it, only what was prepared. Outside of a block it may begin only where the target owes no Sync, for taking
 * it back would take back what ran since.
 */
final class Aside {
    private final Talk talk;
    private final boolean block;

    Aside(Talk talk) {
        this.talk = talk;
        block = talk.inTransaction();
    }

    /** Whether one may begin now. */
    static boolean possible(Talk talk) {
        return !talk.target.unsynced() || talk.inTransaction();
    }

    /** The requests that begin it; the first rows to come are the tracked settings. */
    List<FrontendMessage> begin() {
        var requests = new ArrayList<>(talk.takeLeftovers());
        if (block) {
            requests.addAll(talk.helpers.run(Helper.SAVE));
        }
        requests.addAll(talk.helpers.run(Helper.SETTINGS, Helper.READ_ONLY, Helper.LOCK_TIMEOUT));
        return requests;
    }

    /** Takes everything back on the target; what was found stands then. */
    <T> CompletionStage<T> end(T finding) {
        CompletionStage<Round> clean = block
                ? recovered().thenCompose(ready -> {
                    var requests = new ArrayList<>(talk.helpers.run(Helper.ROLL_BACK, Helper.RELEASE));
                    requests.add(new Sync());
                    return talk.target.ask(requests);
                })
                : talk.target.ask(List.of(Helpers.provocation(), new Sync()));
        return clean.thenApply(round -> {
            if (block && round.error().isPresent()) {
                throw new IllegalStateException("an analysis could not be undone");
            }
            return finding;
        });
    }

    /** Behind an error the target passes everything over until a Sync. */
    private CompletionStage<Round> recovered() {
        return talk.target.passingOver() ? talk.sync() : Talk.nothing();
    }
}
