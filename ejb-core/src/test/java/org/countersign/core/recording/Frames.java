package org.countersign.core.recording;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.countersign.journal.Frame;
import org.countersign.model.audit.FrameType;

/** A recording that a test writes. */
final class Frames {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final UUID session = UUID.randomUUID();
    private final List<Frame> all = new ArrayList<>();

    /** @param json with ' for " */
    Frames add(FrameType type, String json) {
        all.add(new Frame(
                session,
                all.size() + 1L,
                START.plusSeconds(all.size()),
                type.code(),
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                new byte[32],
                new byte[] {1, 2}));
        return this;
    }

    Frames command(UUID id, long sequence, String verdict) {
        add(
                FrameType.RECEIVED,
                "{'command':'" + id + "','sequence':" + sequence
                        + ",'text':'select 1','parameters':[{'type':'int4','value':null}]}");
        return add(
                FrameType.VERDICT,
                "{'command':'" + id + "','verdict':'" + verdict
                        + "','kind':'select','rules':['r'],'policyVersion':7,'actions':['sql:select'],"
                        + "'resources':['public.orders'],'message':'','sqlState':null,'approval':null}");
    }

    Frames finished(UUID id, String outcome) {
        return add(
                FrameType.FINISHED,
                "{'command':'" + id + "','outcome':'" + outcome
                        + "','rows':5,'bytes':812,'masked':2,'durationMicros':830}");
    }

    void read(Consumer<Frame> reader) {
        all.forEach(reader);
    }

    Frame last() {
        return all.getLast();
    }
}
