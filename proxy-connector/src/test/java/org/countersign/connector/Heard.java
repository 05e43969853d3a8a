package org.countersign.connector;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;

/**
 * Everything a client got.
 *
 * @param stalled whether it waited in vain at the end
 * @param closed whether the other side ended the connection
 */
record Heard(List<BackendMessage> messages, byte[] bytes, boolean stalled, boolean closed) {
    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    long count(Class<? extends BackendMessage> kind) {
        return messages.stream().filter(kind::isInstance).count();
    }

    long ready() {
        return count(ReadyForQuery.class);
    }

    List<ErrorResponse> errors() {
        return messages.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(ErrorResponse.class::cast)
                .toList();
    }
}
