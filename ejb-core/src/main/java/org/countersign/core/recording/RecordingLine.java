package org.countersign.core.recording;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;
import java.util.Set;
import org.countersign.journal.Frame;
import org.countersign.model.audit.FrameType;

/** A frame as one line of JSON: its own members, then those of its payload. */
final class RecordingLine {
    private static final Set<String> OWN = Set.of("sequence", "at", "type", "hash", "previous");

    private RecordingLine() {}

    static String of(Frame frame) {
        JsonObjectBuilder line = Json.createObjectBuilder()
                .add("sequence", frame.sequence())
                .add("at", frame.at().toString())
                .add("type", FrameType.of(frame.type()).label())
                .add("hash", HexFormat.of().formatHex(frame.hash()))
                .add("previous", HexFormat.of().formatHex(frame.previous()));
        // a received frame counts its command too; the line's sequence is the frame's
        Payload.of(frame)
                .json()
                .forEach((name, value) -> line.add(OWN.contains(name) ? "command" + capital(name) : name, value));
        return line.build().toString();
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
