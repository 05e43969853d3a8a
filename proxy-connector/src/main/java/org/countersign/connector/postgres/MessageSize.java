package org.countersign.connector.postgres;

import java.util.List;
import org.countersign.wire.postgres.FrontendMessage;
import org.jspecify.annotations.Nullable;

/** About how much memory a client's message takes while it waits. */
final class MessageSize {
    private static final int FIXED = 64;

    private MessageSize() {}

    static long of(FrontendMessage message) {
        return FIXED
                + switch (message) {
                    case FrontendMessage.Query query -> query.sql().length();
                    case FrontendMessage.Parse parse ->
                        parse.sql().length() + 4L * parse.parameterTypes().size();
                    case FrontendMessage.Bind bind -> values(bind.values());
                    case FrontendMessage.CopyData copy -> copy.data().length;
                    case FrontendMessage.Password password -> password.body().length;
                    case FrontendMessage.CopyFail copy -> copy.reason().length();
                    case FrontendMessage.Describe d -> d.name().length();
                    case FrontendMessage.Execute e -> e.portal().length();
                    case FrontendMessage.Close c -> c.name().length();
                    case FrontendMessage.Flush f -> 0;
                    case FrontendMessage.Sync s -> 0;
                    case FrontendMessage.Terminate t -> 0;
                    case FrontendMessage.CopyDone c -> 0;
                    case FrontendMessage.FunctionCall call -> values(call.arguments());
                    case FrontendMessage.Unreadable u -> 0;
                };
    }

    private static long values(List<byte @Nullable []> values) {
        long sum = 0;
        for (byte @Nullable [] value : values) {
            sum += value == null ? 8 : value.length + 8L;
        }
        return sum;
    }
}
