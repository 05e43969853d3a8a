package org.countersign.connector.metrics;

import java.util.Locale;

/**
 * What is counted. A gauge says how much of something there is now, a counter how often something happened since the
 * gateway opened.
 */
public enum Metric {
    CONNECTIONS(Kind.GAUGE, "client connections that are open, signed in or not"),
    SESSIONS(Kind.GAUGE, "sessions that take commands"),
    HELD(Kind.GAUGE, "commands that wait for approval on an open connection"),
    JOURNAL_FREE_BYTES(Kind.GAUGE, "room on the disk of the journal"),
    JOURNAL_UNWRITABLE(Kind.GAUGE, "1 while nothing can be recorded, and so nothing passes, else 0"),
    ANALYSIS_CACHE_ENTRIES(Kind.GAUGE, "forms of statements whose meaning is remembered"),
    ANALYSIS_CACHE_BYTES(Kind.GAUGE, "memory that they take, about"),
    ANALYSIS_CACHE_WINDOW_SECONDS(Kind.GAUGE, "how long what is remembered may outlive a change made past the gateway"),
    ANALYSIS_CACHE_HITS(Kind.COUNTER, "statements that ran by what was remembered of their form"),
    ANALYSIS_CACHE_MISSES(Kind.COUNTER, "statements of whose form nothing was remembered"),
    ANALYSIS_CACHE_REFUTED(
            Kind.COUNTER, "hits whose statement turned out to mean something else, so that it was analysed"),
    ANALYSIS_CACHE_EXPIRED(Kind.COUNTER, "misses because what was remembered was too old"),
    ANALYSIS_CACHE_EVICTED(Kind.COUNTER, "forms forgotten to make room"),
    COPY_SPOOL_BYTES(Kind.GAUGE, "data of copies that is kept while people decide about it"),
    COPY_SPOOLS_TOO_LARGE(Kind.COUNTER, "copies refused because more data would have to be kept than may be"),
    SESSIONS_OPENED(Kind.COUNTER, "sessions that began to take commands"),
    CONNECTIONS_REFUSED(Kind.COUNTER, "connections refused because all were taken"),
    PRINCIPAL_CONNECTIONS_REFUSED(Kind.COUNTER, "sign-ins refused because the principal had all it may have"),
    SIGN_INS_TIMED_OUT(Kind.COUNTER, "connections ended because their sign-in took too long"),
    STARTUPS_TOO_LARGE(Kind.COUNTER, "connections ended because of a message over the limit before the sign-in"),
    MESSAGES_TOO_LARGE(Kind.COUNTER, "sessions ended because of a message, or a pipeline, over the limit"),
    STATEMENTS_TOO_LARGE(Kind.COUNTER, "statements refused because of their length"),
    BATCHES_TOO_LONG(Kind.COUNTER, "sessions ended because of too many messages before a Sync"),
    PREPARED_TOO_MANY(Kind.COUNTER, "statements and portals refused because the session had all it may have"),
    RESULTS_TOO_LONG(Kind.COUNTER, "commands ended or undone because of their role's row limit or budgets"),
    IDLE_TIMED_OUT(Kind.COUNTER, "sessions ended because nothing was asked of them"),
    IDLE_IN_TRANSACTION_TIMED_OUT(Kind.COUNTER, "sessions ended because nothing was asked inside a transaction"),
    HELD_TIMED_OUT(Kind.COUNTER, "held commands given up because of the gateway's own limit"),
    SESSIONS_ENDED_FOR_ROOM(Kind.COUNTER, "sessions ended because the disk of the journal was almost full"),
    CANCEL_KEYS_WRONG(Kind.COUNTER, "cancel requests with a wrong key"),
    TARGETS_LOST(Kind.COUNTER, "sessions ended by their target"),
    BREAK_GLASS_COMMANDS(Kind.COUNTER, "commands that ran because somebody broke the glass"),
    NOTIFICATIONS(Kind.COUNTER, "notifications shown to clients"),
    NOTIFICATIONS_DROPPED(Kind.COUNTER, "notifications of channels that the session was not allowed to listen to");

    /** How a value moves. */
    public enum Kind {
        COUNTER,
        GAUGE;

        /** The word in the attribute's descriptor, and in Prometheus. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String description;

    Metric(Kind kind, String description) {
        this.kind = kind;
        this.description = description;
    }

    public Kind kind() {
        return kind;
    }

    public String description() {
        return description;
    }

    /** The name of its attribute: {@code SessionsOpened}. */
    public String attribute() {
        var name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
