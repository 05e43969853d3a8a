package org.countersign.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What the writer needs of a segment's file. */
interface SegmentFile extends Closeable {
    /** Writes all of it behind what was written before. */
    void write(ByteBuffer bytes) throws IOException;

    /** Takes everything behind this length away. */
    void cut(long length) throws IOException;

    /** Returns when everything written is on the disk. */
    void force() throws IOException;
}
