package org.countersign.portal.approver;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.approval.ApproverHabits;
import org.countersign.core.approval.HabitsService;
import org.countersign.core.identity.Caller;

/** Shows how people decide, and what is worth a talk. */
public final class ApproversPresenter {
    /** Below that many decisions a habit says nothing. */
    static final int ENOUGH = 10;

    /** Nobody reads a command in less. */
    static final int SECONDS_TO_READ = 10;

    /** One every three minutes for an hour. */
    static final int MANY_IN_AN_HOUR = 20;

    private final HabitsService habits;
    private final Supplier<Caller> caller;
    private final Clock clock;

    public ApproversPresenter(HabitsService habits, Supplier<Caller> caller, Clock clock) {
        this.habits = habits;
        this.caller = caller;
        this.clock = clock;
    }

    /** What there is to show. */
    public sealed interface Outcome {}

    /** It is not for this person. */
    public record Closed(String reason) implements Outcome {}

    /** The days cannot be read. */
    public record Unreadable(String reason) implements Outcome {}

    public record Shown(List<Row> rows) implements Outcome {}

    /**
     * How one person decides.
     *
     * @param looked how long he or she usually looks, in words
     * @param remarks what is worth a talk; empty when nothing is
     */
    public record Row(
            String approver, long decisions, long rejected, long busiestHour, String looked, List<String> remarks) {}

    /** The first of the days that are shown when none is chosen. */
    public String usualStart() {
        return today().minusDays(30).toString();
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** @param from the first day of UTC; {@code to} is the last, included */
    public Outcome read(String from, String to) {
        Instant start;
        Instant end;
        try {
            start = LocalDate.parse(from.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
            end = LocalDate.parse(to.strip())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            return new Unreadable("A day is written like 2026-11-01.");
        }
        try {
            return new Shown(habits.list(caller.get(), Optional.of(start), Optional.of(end)).stream()
                    .map(ApproversPresenter::row)
                    .toList());
        } catch (NotAllowedException e) {
            return new Closed("How people decide is shown to administrators and auditors.");
        } catch (InvalidRequestException e) {
            return new Unreadable("The first day is before the last, by at most a year.");
        }
    }

    private static Row row(ApproverHabits habits) {
        var remarks = new ArrayList<String>();
        boolean enough = habits.decisions() >= ENOUGH;
        if (habits.busiestHour() >= MANY_IN_AN_HOUR) {
            remarks.add("many in one hour");
        }
        if (enough
                && habits.medianSeconds()
                        .filter(seconds -> seconds < SECONDS_TO_READ)
                        .isPresent()) {
            remarks.add("hardly looks");
        }
        if (enough && habits.neverRejected()) {
            remarks.add("never rejected");
        }
        return new Row(
                habits.approver(),
                habits.decisions(),
                habits.rejected(),
                habits.busiestHour(),
                habits.medianSeconds().map(ApproversPresenter::words).orElse("not known"),
                List.copyOf(remarks));
    }

    private static String words(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
