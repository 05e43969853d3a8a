package org.countersign.journal;

/**
 * How a journal stands.
 *
 * @param writable whether an append would be accepted
 * @param freeBytes room on its disk when that was looked at last, 0 when it never could be
 * @param low whether that is below the low-water mark: still recorded is what is appended, but who fills the disk should
 *     stop
 */
public record JournalState(boolean writable, long freeBytes, boolean low) {}
