package org.countersign.connector.postgres;

import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.Passage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendWriter;

/** Answers that are recorded before they are seen. */
final class Responses {
    private Responses() {}

    static ResponseStream of(Talk talk, PendingCommand pending) {
        return talk.gate.response(
                pending,
                talk.client::buffer,
                (messages, more) -> {
                    talk.client.write(messages);
                    if (more) {
                        talk.client.flush();
                    }
                },
                talk.flow,
                talk.session.surroundings().limits().chunkBytes());
    }

    /** Ends a command with an error. */
    static CompletionStage<Void> end(Talk talk, PendingCommand pending, ErrorResponse error, Outcome outcome) {
        ResponseStream response = of(talk, pending);
        BackendWriter.write(error, response.out());
        response.error(error.diagnostic().sqlState(), error.diagnostic().message());
        return talk.gate.finish(pending, response, outcome);
    }

    /** Ends a command that the gate did not let through. */
    static CompletionStage<Void> end(Talk talk, PendingCommand pending, Passage.Closed closed) {
        return end(talk, pending, talk.errors.closed(closed, pending.id()), Outcome.REFUSED);
    }

    /** Ends a command that was not understood. */
    static CompletionStage<Void> end(Talk talk, PendingCommand pending, Finding.Unreadable unreadable) {
        return talk.gate
                .refuse(pending, unreadable.kind(), unreadable.error(), unreadable.message(), unreadable.hint())
                .thenCompose(closed -> end(talk, pending, closed));
    }
}
