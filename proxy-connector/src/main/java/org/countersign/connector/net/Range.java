package org.countersign.connector.net;

import java.time.Duration;

/** Whether a setting is what it may be; if not, in words for whoever set it. */
final class Range {
    private Range() {}

    static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", not between " + least + " and " + most);
        }
    }

    static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", not between " + least + " and " + most);
        }
    }

    /** As {@link #check}, but zero is allowed and means that there is no limit. */
    static void checkOrOff(String name, Duration value, Duration least, Duration most) {
        if (!value.isZero()) {
            check(name, value, least, most);
        }
    }
}
