package org.countersign.connector.intercept;

import java.util.concurrent.CompletionStage;

/** Finds out whether a command would still do what was judged, however long ago that was. */
@FunctionalInterface
public interface Recheck {
    /** Asked after an approval and before it is used; false as well when it cannot be told. */
    CompletionStage<Boolean> unchanged();
}
