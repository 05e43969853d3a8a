package org.countersign.connector.postgres;

import java.util.List;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.jspecify.annotations.Nullable;

/**
 * The round that executes a command: shows each row as it comes, masked, unless what the target said before it is not
 * what the command was judged by.
 */
final class Rows extends Round {
    private final Talk talk;
    private final PendingCommand pending;
    private final MaskPlan plan;
    private final ResponseMasker masker;
    private final ResponseStream response;
    private final Places at;
    private final Check check;
    private final int limit;
    private final boolean call;
    private int received;
    private boolean bound;
    private boolean tooMany;
    private boolean changed;
    private @Nullable BackendMessage end;

    /** Where in the round what stands; -1 for what is not in it. */
    record Places(int parse, int bind, int describe, int execute) {}

    /** Compares what the target says with what the command was judged by. */
    interface Check {
        /** Whether the statement means what it has to mean, by what was said while it was parsed or bound. */
        boolean holds(Rows round, int request);

        /** Whether the rows are described as expected. */
        boolean describes(RowDescription described);

        /** Everything before the execution was as expected. */
        void passed();

        /** The first row comes, or the end without any. */
        void answers();
    }

    /** @param call whether the one value of its one row is the answer to a call of a function by protocol */
    Rows(
            List<FrontendMessage> requests,
            Places at,
            Check check,
            Talk talk,
            PendingCommand pending,
            MaskPlan plan,
            ResponseMasker masker,
            ResponseStream response,
            boolean call) {
        super(Work.STATEMENT, requests);
        this.at = at;
        this.check = check;
        this.talk = talk;
        this.pending = pending;
        this.plan = plan;
        this.masker = masker;
        this.response = response;
        this.call = call;
        limit = requests.get(at.execute()) instanceof Execute execute ? execute.maxRows() : 0;
    }

    Places places() {
        return at;
    }

    /** Whether its Bind was answered; true when there is none. */
    boolean bound() {
        return bound || at.bind() < 0;
    }

    /** Whether it was to return more rows than it may. */
    boolean tooMany() {
        return tooMany;
    }

    /** Whether it means something else than what it was judged by; nothing of it was shown. */
    boolean changed() {
        return changed;
    }

    /** What ended it, when it was no error. */
    @Nullable
    BackendMessage end() {
        return end;
    }

    @Override
    void row(int request, DataRow row) {
        if (request != at.execute() || changed || talk.session.ended()) {
            return;
        }
        if (limit > 0 && ++received > limit) {
            throw new WireException("more rows than the " + limit + " that were asked for");
        }
        if (pending.rows() >= plan.maxRows()) {
            tooMany = true;
            return;
        }
        if (pending.overdrawn().isPresent()) {
            return;
        }
        check.answers();
        boolean shown =
                call ? RowShow.returned(row, masker, response, pending) : RowShow.show(row, masker, response, pending);
        tooMany = !shown;
    }

    @Override
    void remarked(int request, Diagnostic notice) {
        if (request == at.parse() || request == at.bind()) {
            super.remarked(request, notice);
        } else if (request == at.execute() && !changed && !talk.session.ended()) {
            talk.notices.shown(notice, plan, masker).ifPresent(shown -> {
                BackendWriter.write(new BackendMessage.NoticeResponse(shown), response.out());
                response.notice(shown.message());
            });
        }
    }

    @Override
    void message(int request, BackendMessage message) {
        if (request == at.parse()) {
            changed = !check.holds(this, request);
        } else if (request == at.bind()) {
            bound = true;
            changed |= !check.holds(this, request);
            passed(at.describe() < 0);
        } else if (request == at.describe()) {
            changed |= message instanceof RowDescription rows ? !check.describes(rows) : !check.describes(NOTHING);
            passed(true);
        } else if (request == at.execute()) {
            if (!changed) {
                check.answers();
            }
            end = message;
        }
    }

    private static final RowDescription NOTHING = new RowDescription(List.of());

    private void passed(boolean wholly) {
        if (wholly && !changed) {
            check.passed();
        }
    }
}
