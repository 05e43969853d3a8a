package org.countersign.portal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.time.Clock;
import java.time.Instant;

/**
 * A moment, drawn and kept up to date by the browser in its own time zone; the exact time is its title. The server's
 * clock goes along, so a browser whose clock is wrong still counts down rightly.
 */
@Tag("cs-time")
public final class TimeText extends Component {
    private static final long serialVersionUID = 1L;

    private TimeText(Instant at, String mode) {
        getElement().setAttribute("datetime", at.toString());
        getElement().setAttribute("mode", mode);
        getElement().setAttribute("now", Clock.systemUTC().instant().toString());
    }

    /** {@code 3 min ago}. */
    public static TimeText since(Instant at) {
        return new TimeText(at, "since");
    }

    /** {@code 14:52}, counting down to nothing. */
    public static TimeText until(Instant at) {
        return new TimeText(at, "until");
    }

    /** The date and time itself. */
    public static TimeText at(Instant at) {
        return new TimeText(at, "at");
    }
}
