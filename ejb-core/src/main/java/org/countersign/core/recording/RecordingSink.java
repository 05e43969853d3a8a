package org.countersign.core.recording;

import java.io.IOException;

/** Where the lines of a recording go. */
@FunctionalInterface
public interface RecordingSink {
    /** @param json one object without line breaks */
    void line(String json) throws IOException;
}
