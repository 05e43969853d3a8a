package org.countersign.model.policy;

/**
 * What was used, or may be.
 *
 * @param rows that came back or were copied, and those that writes changed
 * @param bytes of the values that came back or were copied
 * @param commands that were let through
 * @param writes statements with the effect of writing among them
 */
public record Usage(long rows, long bytes, long commands, long writes) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** The most of what is not limited. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    public Usage negated() {
        return new Usage(-rows, -bytes, -commands, -writes);
    }

    public Usage plus(Usage other) {
        return new Usage(rows + other.rows, bytes + other.bytes, commands + other.commands, writes + other.writes);
    }
}
