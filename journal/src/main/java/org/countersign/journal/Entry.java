package org.countersign.journal;

/**
 * What a frame is to say.
 *
 * @param payload UTF-8 JSON; not to be changed afterwards
 */
public record Entry(byte type, byte[] payload) {
    int frameBytes() {
        return FrameLayout.OVERHEAD_BYTES + payload.length;
    }
}
