package org.countersign.portal.session;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;
import org.countersign.core.recording.SessionFilter;
import org.countersign.core.recording.SessionService;
import org.countersign.core.recording.SessionView;

/** Finds sessions. */
public final class SessionsPresenter {
    private static final int PAGE = 50;

    private final SessionService sessions;
    private final Supplier<Caller> caller;
    private final Clock clock;

    public SessionsPresenter(SessionService sessions, Supplier<Caller> caller, Clock clock) {
        this.sessions = sessions;
        this.caller = caller;
        this.clock = clock;
    }

    /** How far back a search goes. */
    public enum Period {
        HOUR("Last hour", Duration.ofHours(1)),
        DAY("Last 24 hours", Duration.ofDays(1)),
        WEEK("Last 7 days", Duration.ofDays(7)),
        ALL("Any time", Duration.ZERO);

        private final String title;
        private final Duration length;

        Period(String title, Duration length) {
            this.title = title;
            this.length = length;
        }

        public String title() {
            return title;
        }

        /** Reads the name used in addresses; anything unknown is no limit. */
        public static Period named(String name) {
            return List.of(values()).stream()
                    .filter(period -> period.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(ALL);
        }
    }

    /** What to look for; blank texts do not limit. */
    public record Search(String principal, String target, String verdict, Period period) {
        public static final Search EVERYTHING = new Search("", "", "", Period.ALL);

        public boolean limited() {
            return !equals(EVERYTHING);
        }
    }

    public Page<SessionView> find(Search search, Optional<String> after) {
        return sessions.list(
                caller.get(),
                new SessionFilter(
                        given(search.principal()),
                        given(search.target()),
                        given(search.verdict()).filter(List.of("allow", "deny", "hold")::contains),
                        search.period() == Period.ALL
                                ? Optional.empty()
                                : Optional.of(clock.instant().minus(search.period().length)),
                        Optional.empty(),
                        PAGE,
                        after));
    }

    private static Optional<String> given(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }
}
