package org.countersign.model.audit;

import java.util.Locale;

/**
 * The frames of a recording. The order in the file is the order of events. Payloads are UTF-8 JSON objects; the
 * recording page of the guide lists their members.
 */
public enum FrameType {
    SESSION_OPENED(1),
    RECEIVED(2),
    VERDICT(3),
    HELD(4),
    DECISION(5),
    RESPONSE(6),
    COPY_DATA(9),
    FINISHED(7),
    SESSION_CLOSED(8),
    NOTIFICATION(10),
    PARAMETER(11);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /** The byte that stands for the type in a journal segment; never reused. */
    public byte code() {
        return (byte) code;
    }

    /** The {@code type} of a recording line: {@code session-opened}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static FrameType of(byte code) {
        for (FrameType type : values()) {
            if (type.code() == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no frame type " + code);
    }
}
