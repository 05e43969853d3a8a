package org.countersign.portal.session;

import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Tone;

/** How the end of a command looks. */
final class Endings {
    private Endings() {}

    static Chip chip(SessionPresenter.Ending ending) {
        return new Chip(
                ending.word(),
                switch (ending.mood()) {
                    case FINE -> Tone.GOOD;
                    case STOPPED -> Tone.BAD;
                    case WAITING, UNCLEAR -> Tone.WAITING;
                });
    }
}
