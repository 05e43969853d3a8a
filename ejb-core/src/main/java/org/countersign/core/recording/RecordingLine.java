package org.countersign.core.recording;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.countersign.journal.Frame;
import org.countersign.model.audit.FrameType;

/**
 * A frame as one line of JSON: its own members, then those of its payload byte for byte, so that whoever has the lines
 * can compute the hashes again. A member of the payload that has the name of one of the frame's gets another:
 * {@code commandSequence}.
 */
final class RecordingLine {
    private static final List<String> OWN = List.of("sequence", "at", "type", "hash", "previous");

    private RecordingLine() {}

    static String of(Frame frame) {
        HexFormat hex = HexFormat.of();
        String members = members(frame);
        return "{\"sequence\":" + frame.sequence() + ",\"at\":\"" + frame.at() + "\",\"type\":\""
                + FrameType.of(frame.type()).label() + "\",\"hash\":\"" + hex.formatHex(frame.hash())
                + "\",\"previous\":\"" + hex.formatHex(frame.previous()) + "\""
                + (members.isEmpty() ? "" : ",") + members + "}";
    }

    /** The payload without its braces. The connector writes it without any white space. */
    private static String members(Frame frame) {
        Payload payload = Payload.of(frame);
        String text = new String(frame.payload(), StandardCharsets.UTF_8);
        if (!text.startsWith("{") || !text.endsWith("}") || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            text = payload.json().toString();
        }
        for (String name : OWN) {
            // within a string a quote is escaped: this can only be a key, and payloads have their own members first
            String key = "\"" + name + "\":";
            int at = payload.json().containsKey(name) ? text.indexOf(key) : -1;
            if (at >= 0) {
                text = text.substring(0, at) + "\"command" + capital(name) + "\":" + text.substring(at + key.length());
            }
        }
        return text.substring(1, text.length() - 1);
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
