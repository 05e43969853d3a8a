package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.connector.postgres.analysis.CopyOptions;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Effect;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.CopyData;
import org.countersign.wire.postgres.BackendMessage.CopyOutResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.jspecify.annotations.Nullable;

/**
 * Runs one allowed COPY TO STDOUT. The target reads the query in it when it runs, and prints its trees then: no row is
 * shown before they were compared with those that were judged.
 */
final class CopyOut {
    private final Talk talk;
    private final PendingCommand pending;
    private final Portal portal;
    private final CopyPlan copy;
    private final MaskPlan masks;
    private final ResponseMasker masker;
    private final ResponseStream response;
    private final CopyEnd end;

    CopyOut(Talk talk, PendingCommand pending, Portal portal, CopyPlan copy, MaskPlan masks, boolean simple) {
        this.talk = talk;
        this.pending = pending;
        this.portal = portal;
        this.copy = copy;
        this.masks = masks;
        masker = new ResponseMasker(columns(copy), masks, talk.grant.hashKey());
        response = Responses.of(talk, pending);
        end = new CopyEnd(talk, pending, masks, masker, response, simple);
    }

    private static List<ResultColumn> columns(CopyPlan copy) {
        Format format = format(copy);
        return copy.columns().stream()
                .map(column -> PostgresForm.column(column, format))
                .toList();
    }

    private static Format format(CopyPlan copy) {
        return copy.kind().options().format() == CopyOptions.Format.BINARY ? Format.BINARY : Format.TEXT;
    }

    /**
     * @param syncFollows whether the client's next message is the Sync, which may then go along
     * @return true when the client can go on; false when it was told of an error
     */
    CompletionStage<Boolean> run(boolean syncFollows) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.addAll(talk.trees.on());
        requests.add(portal.onTarget());
        portal.opened();
        int executeAt = requests.size();
        requests.add(new Execute(portal.name(), 0));
        if (syncFollows && portal.statement().analysis().effects().stream().allMatch(effect -> effect == Effect.READ)) {
            requests.add(new Sync());
        }
        pending.leaves();
        return talk.target
                .run(new Rows(requests, executeAt))
                .thenCompose(round -> {
                    talk.trees.lost(); // what the query called may have switched them off
                    return ended((Rows) round);
                })
                .exceptionallyCompose(failure -> end.lost(failure, Outcome.UNKNOWN));
    }

    /** Shows each row as it comes, masked. */
    private final class Rows extends Round {
        private final int executeAt;
        private @Nullable CopyForm form;
        private @Nullable BackendMessage last;
        private boolean changed;
        private boolean tooMany;

        Rows(List<FrontendMessage> requests, int executeAt) {
            super(Work.STATEMENT, requests);
            this.executeAt = executeAt;
        }

        @Override
        void copied(int request, BackendMessage message) {
            switch (message) {
                case CopyOutResponse begin -> begin(request, begin);
                case CopyData data -> data(data);
                case BackendMessage.CopyDone done -> shown(done);
                default -> super.copied(request, message);
            }
        }

        private void begin(int request, CopyOutResponse begin) {
            boolean judged =
                    Reprint.of(talk, this, executeAt, portal.statement().digest()) == Reprint.THE_SAME;
            Format format = format(copy);
            boolean described = begin.format() == format
                    && begin.columns().size() == copy.columns().size()
                    && begin.columns().stream().allMatch(format::equals);
            if (request != executeAt || !judged || !described) {
                changed = true;
                return;
            }
            remarks().clear();
            form = CopyForm.of(
                    copy.kind().options(),
                    copy.columns().stream().map(Column::name).toList());
            BackendWriter.write(begin, response.out());
            response.columns(masker.columns());
        }

        private void data(CopyData data) {
            CopyForm rows = form;
            if (rows == null || tooMany || talk.session.ended()) {
                return;
            }
            Optional<List<byte @Nullable []>> row = rows.row(data.data());
            if (row.isEmpty()) {
                BackendWriter.write(data, response.out());
            } else if (pending.rows() >= masks.maxRows()) {
                tooMany = true;
            } else {
                row(rows, row.get(), data);
            }
        }

        private void row(CopyForm rows, List<byte @Nullable []> values, CopyData data) {
            var shown = new ArrayList<byte @Nullable []>();
            boolean same = !copy.kind().options().ambiguous();
            int bytes = 0;
            for (int i = 0; i < values.size(); i++) {
                byte[] value = masker.shown(i, values.get(i));
                same &= value == values.get(i);
                shown.add(value);
                bytes += value == null ? 0 : value.length;
            }
            if (!pending.draw(bytes)) {
                tooMany = true;
                return;
            }
            BackendWriter.write(same ? data : new CopyData(rows.written(shown)), response.out());
            pending.row(bytes, masker.takeMasked());
            response.row(masker, shown);
        }

        private void shown(BackendMessage done) {
            if (form != null && !tooMany && !talk.session.ended()) {
                BackendWriter.write(done, response.out());
            }
        }

        @Override
        void remarked(int request, Diagnostic notice) {
            if (request == executeAt && form == null) {
                super.remarked(request, notice);
            } else if (request == executeAt && !talk.session.ended()) {
                talk.notices.shown(notice, masks, masker).ifPresent(shown -> {
                    BackendWriter.write(new BackendMessage.NoticeResponse(shown), response.out());
                    response.notice(shown.message());
                });
            }
        }

        @Override
        void message(int request, BackendMessage message) {
            if (request == executeAt) {
                last = message;
            }
        }
    }

    private CompletionStage<Boolean> ended(Rows round) {
        if (round.changed || round.form == null && round.last != null) {
            return end.refused(talk.errors.notInspected(CommandRun.CHANGED, pending.id()));
        }
        if (round.tooMany && pending.overdrawn().isPresent()) {
            return end.refused(talk.errors.overdrawn(pending.overdrawn().get(), pending.id()));
        }
        if (round.tooMany) {
            return end.refused(talk.errors.refused(
                    CountersignError.LIMIT_EXCEEDED,
                    "The result has more than " + masks.maxRows() + " rows, which is the limit of your role.",
                    "Ask for fewer rows.",
                    pending.id()));
        }
        return end.ended(round.last, round);
    }
}
