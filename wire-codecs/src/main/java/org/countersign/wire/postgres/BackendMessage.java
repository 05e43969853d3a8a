package org.countersign.wire.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server's message. Strings hold no NUL; arrays belong to the message and are not to be changed. */
public sealed interface BackendMessage permits Authentication, DataRow, BackendMessage.Plain {
    /** Every message that needs no code of its own. */
    sealed interface Plain extends BackendMessage {}

    /** @param key 4 bytes in protocol 3.0, up to 256 from 3.2 on */
    record BackendKeyData(int processId, byte[] key) implements Plain {
        @Override
        public String toString() {
            return "BackendKeyData[hidden]";
        }
    }

    record ParameterStatus(String name, String value) implements Plain {}

    record ReadyForQuery(TransactionStatus status) implements Plain {}

    record RowDescription(List<Column> columns) implements Plain {
        public RowDescription {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A result column as the server describes it.
     *
     * @param tableOid 0 when the column is no table's
     * @param attribute the column's number in that table; 0 when it is no table's
     * @param typeSize negative for variable sizes
     */
    record Column(
            String name, int tableOid, short attribute, int typeOid, short typeSize, int typeModifier, Format format) {}

    record ParameterDescription(List<Integer> types) implements Plain {
        public ParameterDescription {
            types = List.copyOf(types);
        }
    }

    record CommandComplete(String tag) implements Plain {}

    record EmptyQueryResponse() implements Plain {}

    record ErrorResponse(Diagnostic diagnostic) implements Plain {}

    record NoticeResponse(Diagnostic diagnostic) implements Plain {}

    record ParseComplete() implements Plain {}

    record BindComplete() implements Plain {}

    record CloseComplete() implements Plain {}

    record NoData() implements Plain {}

    record PortalSuspended() implements Plain {}

    record NotificationResponse(int processId, String channel, String payload) implements Plain {}

    /**
     * @param version the newest version that both sides speak, the major number in the upper 16 bits, as servers send it
     * @param unknownOptions the protocol options it does not know
     */
    record NegotiateProtocolVersion(int version, List<String> unknownOptions) implements Plain {
        public NegotiateProtocolVersion {
            unknownOptions = List.copyOf(unknownOptions);
        }
    }

    record CopyInResponse(Format format, List<Format> columns) implements Plain {
        public CopyInResponse {
            columns = List.copyOf(columns);
        }
    }

    record CopyOutResponse(Format format, List<Format> columns) implements Plain {
        public CopyOutResponse {
            columns = List.copyOf(columns);
        }
    }

    record CopyBothResponse(Format format, List<Format> columns) implements Plain {
        public CopyBothResponse {
            columns = List.copyOf(columns);
        }
    }

    record CopyData(byte[] data) implements Plain {}

    record CopyDone() implements Plain {}

    /**
     * The answer of the fast path.
     *
     * @param value null for SQL's NULL
     */
    record FunctionCallResponse(byte @Nullable [] value) implements Plain {}

    /** A tag the protocol does not have; its content is gone. */
    record Unknown(byte tag) implements Plain {}
}
