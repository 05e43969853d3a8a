package org.countersign.journal;

/** How soon frames have to be on the disk. */
public enum Haste {
    /** Somebody waits for them. */
    AT_ONCE,

    /** Nobody does yet: they go with what is written next, after a millisecond without anything else. */
    WITH_THE_NEXT
}
