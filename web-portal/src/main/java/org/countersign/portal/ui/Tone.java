package org.countersign.portal.ui;

import java.util.Locale;

/** What a colour says; never the only carrier of its meaning. */
public enum Tone {
    NEUTRAL,
    GOOD,
    WAITING,
    BAD,
    ACCENT;

    String className() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
