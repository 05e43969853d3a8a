package org.countersign.connector.intercept;

/** How a command ended. */
public enum Outcome {
    /** The target carried it out. */
    EXECUTED,
    /** It never ran. */
    REFUSED,
    /** It was judged for somebody who wanted to know, and was never to run. */
    EXPLAINED,
    /** The target answered with an error. */
    FAILED,
    /** It was sent and its end was not seen: never called failed, because it may have happened. */
    UNKNOWN
}
