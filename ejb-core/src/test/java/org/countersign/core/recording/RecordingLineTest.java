package org.countersign.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.countersign.model.audit.FrameType;
import org.junit.jupiter.api.Test;

class RecordingLineTest {
    /** What the guide tells a reader to do. */
    private static String payloadOf(String line) {
        return "{"
                + line.replaceFirst("^.*?\"previous\":\"[0-9a-f]*\",?", "")
                        .replaceFirst("\"commandSequence\":", "\"sequence\":");
    }

    @Test
    void keepsThePayloadByteForByte() {
        String payload =
                "{\"command\":\"c\",\"sequence\":3,\"text\":\"a\\u0001\\/ \\\"sequence\\\":1 ü\",\"rows\":1.50}";
        String line =
                RecordingLine.of(new Frames().add(FrameType.RECEIVED, payload).last());

        assertThat(line)
                .startsWith("{\"sequence\":1,\"at\":\"2026-11-22T10:00:00Z\",\"type\":\"received\",")
                .contains("\"commandSequence\":3");
        assertThat(payloadOf(line)).isEqualTo(payload);
    }

    @Test
    void isOneLineWhateverThePayloadHolds() {
        String line = RecordingLine.of(
                new Frames().add(FrameType.FINISHED, "{\n\"rows\":\n5}").last());

        assertThat(line).doesNotContain("\n").endsWith(",\"rows\":5}");
        assertThat(RecordingLine.of(new Frames().add(FrameType.FINISHED, "{}").last()))
                .endsWith("\"}");
    }
}
