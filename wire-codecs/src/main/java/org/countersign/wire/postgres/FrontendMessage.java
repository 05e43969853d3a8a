package org.countersign.wire.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;

/** A client message after start-up. Strings hold no NUL; arrays belong to the message and are not to be changed. */
public sealed interface FrontendMessage {
    record Query(String sql) implements FrontendMessage {}

    /** @param parameterTypes type OIDs as unsigned 32-bit numbers in an int; 0 leaves a type to the server */
    record Parse(String statement, String sql, List<Integer> parameterTypes) implements FrontendMessage {
        public Parse {
            parameterTypes = List.copyOf(parameterTypes);
        }
    }

    /**
     * @param parameterFormats none (all text), one (for all) or one for each value
     * @param values in order; null is SQL's NULL
     * @param resultFormats none (all text), one (for all) or one for each result column
     */
    record Bind(
            String portal,
            String statement,
            List<Format> parameterFormats,
            List<byte @Nullable []> values,
            List<Format> resultFormats)
            implements FrontendMessage {
        public Bind {
            parameterFormats = List.copyOf(parameterFormats);
            values = Collections.unmodifiableList(new ArrayList<>(values));
            resultFormats = List.copyOf(resultFormats);
            if (parameterFormats.size() > 1 && parameterFormats.size() != values.size()) {
                throw new WireException("bind message has " + parameterFormats.size() + " parameter formats but "
                        + values.size() + " parameters");
            }
        }

        public Format parameterFormat(int index) {
            return formatAt(parameterFormats, index);
        }

        /** @throws WireException when the formats are neither none, one nor enough */
        public Format resultFormat(int column) {
            return formatAt(resultFormats, column);
        }

        private static Format formatAt(List<Format> formats, int index) {
            if (formats.size() > 1 && index >= formats.size()) {
                throw new WireException("Bind has " + formats.size() + " formats, none for " + (index + 1));
            }
            return switch (formats.size()) {
                case 0 -> Format.TEXT;
                case 1 -> formats.getFirst();
                default -> formats.get(index);
            };
        }
    }

    record Describe(Subject subject, String name) implements FrontendMessage {}

    /** @param maxRows 0 or less: all */
    record Execute(String portal, int maxRows) implements FrontendMessage {}

    record Close(Subject subject, String name) implements FrontendMessage {}

    record Flush() implements FrontendMessage {}

    record Sync() implements FrontendMessage {}

    record Terminate() implements FrontendMessage {}

    /**
     * Any message with tag {@code p}; which one it is only the state of the conversation tells, so the reader says what
     * it expects.
     */
    record Password(byte[] body) implements FrontendMessage {
        /** The answer to a request for SASL. */
        public record SaslInitial(String mechanism, byte @Nullable [] response) {}

        public static Password ofText(String password) {
            byte[] text = password.getBytes(StandardCharsets.UTF_8);
            byte[] body = new byte[Math.addExact(text.length, 1)];
            System.arraycopy(text, 0, body, 0, text.length);
            return new Password(body);
        }

        public static Password ofSaslInitial(String mechanism, byte[] response) {
            return new Password(PasswordBody.saslInitial(mechanism, response));
        }

        /** @throws WireException when the content is not one terminated UTF-8 string */
        public String text() {
            return PasswordBody.text(body);
        }

        /** @throws WireException when the content is no SASLInitialResponse */
        public SaslInitial saslInitial() {
            return PasswordBody.saslInitial(body);
        }

        /** The content of a SASLResponse. */
        public byte[] saslResponse() {
            return body;
        }

        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }

    record CopyData(byte[] data) implements FrontendMessage {}

    record CopyDone() implements FrontendMessage {}

    record CopyFail(String reason) implements FrontendMessage {}

    /**
     * The fast path: calls a function by its OID.
     *
     * @param argumentFormats none for text, one for all, or one for each argument
     * @param arguments null for SQL's NULL
     */
    record FunctionCall(
            int functionOid, List<Format> argumentFormats, List<byte @Nullable []> arguments, Format resultFormat)
            implements FrontendMessage {
        public FunctionCall {
            argumentFormats = List.copyOf(argumentFormats);
            arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
            if (argumentFormats.size() > 1 && argumentFormats.size() != arguments.size()) {
                throw new WireException("function call message contains " + argumentFormats.size()
                        + " argument formats but " + arguments.size() + " arguments");
            }
        }
    }

    /**
     * A message whose content makes no sense, and which PostgreSQL answers with an error that leaves the session usable.
     *
     * @param tag says what it would have been
     * @param reason names lengths and places, never content
     */
    record Unreadable(byte tag, String sqlState, String reason) implements FrontendMessage {}
}
