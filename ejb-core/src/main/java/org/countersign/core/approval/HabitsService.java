package org.countersign.core.approval;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.identity.Caller;

/** Shows administrators and auditors who decides how much, how fast and whether he ever says no. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class HabitsService {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);

    @Inject
    private Habits habits;

    @Inject
    private Clock clock;

    public HabitsService() {}

    HabitsService(Habits habits, Clock clock) {
        this.habits = habits;
        this.clock = clock;
    }

    /**
     * Returns everybody who decided anything, whoever decided most first.
     *
     * @param from included; without it 30 days before the end
     * @param to excluded; without it now
     */
    public List<ApproverHabits> list(Caller caller, Optional<Instant> from, Optional<Instant> to) {
        if (caller.machine() || !(caller.has("admin") || caller.has("auditor"))) {
            throw new NotAllowedException(
                    "How people decide is shown to the realm roles admin and auditor, to a person.");
        }
        Instant end = to.orElseGet(clock::instant);
        Instant start = from.orElseGet(() -> end.minus(USUAL));
        if (!start.isBefore(end) || start.isBefore(end.minus(LONGEST))) {
            throw new InvalidRequestException("from", "from is before to, by at most " + LONGEST.toDays() + " days");
        }
        return habits.between(start, end);
    }
}
