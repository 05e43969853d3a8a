package org.countersign.journal;

/** Where a session's chain stands: sequence and hash of its last frame. */
record Chain(long sequence, byte[] hash) {
    /** Before the first frame. */
    static final Chain START = new Chain(0, new byte[FrameLayout.DIGEST_BYTES]);
}
