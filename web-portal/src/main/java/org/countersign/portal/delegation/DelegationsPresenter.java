package org.countersign.portal.delegation;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.approval.DelegationService;
import org.countersign.core.approval.DelegationView;
import org.countersign.core.identity.Caller;

/** Gives, shows and ends delegations of decisions. */
public final class DelegationsPresenter {
    private static final int SHOWN = 200;

    private final DelegationService delegations;
    private final Supplier<Caller> caller;
    private final Clock clock;

    public DelegationsPresenter(DelegationService delegations, Supplier<Caller> caller, Clock clock) {
        this.delegations = delegations;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * What became of it.
     *
     * @param done whether it was done; otherwise the message says what to change
     * @param notes what else there is to know; empty: nothing
     */
    public record Answer(boolean done, String message, String notes) {
        Answer(boolean done, String message) {
            this(done, message, "");
        }
    }

    /**
     * One delegation.
     *
     * @param who a sentence: {@code You let frank decide}
     * @param ending what became of it, where it is over
     * @param mayEnd whether this person can end it
     */
    public record Row(
            UUID id, String who, String reason, Instant until, boolean active, String ending, boolean mayEnd) {}

    /** Returns those in force first, then what is over, the latest first; what this person may see. */
    public List<Row> list() {
        Caller now = caller.get();
        List<DelegationView> all =
                delegations.list(now, SHOWN, Optional.empty()).items();
        return Stream.concat(
                        all.stream().filter(DelegationView::active),
                        all.stream().filter(view -> !view.active()))
                .map(view -> row(now, view))
                .toList();
    }

    /** The day up to which a delegation lasts when nothing else is chosen: a week from now. */
    public String inAWeek() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusWeeks(1).toString();
    }

    /** @param lastDay of UTC, included: {@code 2026-12-24} */
    public Answer delegate(String to, String lastDay, String reason) {
        if (to.isBlank()) {
            return new Answer(false, "Say who decides in your place: a user name.");
        }
        if (reason.isBlank()) {
            return new Answer(false, "Say why, such as: holiday.");
        }
        Instant end;
        try {
            end = LocalDate.parse(lastDay.strip())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            return new Answer(false, "The last day is written like 2026-12-24.");
        }
        try {
            DelegationView made = delegations.delegate(caller.get(), to, end, reason);
            return new Answer(true, made.to() + " can decide in your place now.", String.join(" ", made.notes()));
        } catch (InvalidRequestException e) {
            return new Answer(false, problem(e));
        } catch (NotAllowedException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    private static String problem(InvalidRequestException e) {
        return switch (e.field()) {
            case "to" -> {
                String message = String.valueOf(e.getMessage());
                yield message.contains("your own")
                        ? "That is an account of your own: nobody stands in for himself."
                        : message.startsWith("to is ") ? "That is no user name." : message + ".";
            }
            case "until" -> "The last day is within the next 90 days, and not over.";
            default -> String.valueOf(e.getMessage());
        };
    }

    public Answer end(UUID id) {
        return delegations.revoke(caller.get(), id)
                ? new Answer(true, "Ended. From now on it counts for nothing.")
                : new Answer(false, "It is over already.");
    }

    private static Row row(Caller now, DelegationView view) {
        String me = now.principal().name();
        boolean mine = view.from().equals(me);
        boolean tome = view.to().equals(me);
        String who = mine
                ? "You let " + view.to() + " decide in your place"
                : tome
                        ? view.from() + " lets you decide in his or her place"
                        : view.from() + " lets " + view.to() + " decide in his or her place";
        return new Row(
                view.id(),
                who,
                view.reason(),
                view.until(),
                view.active(),
                view.active()
                        ? ""
                        : view.revokedBy().map(by -> "ended by " + by).orElse("over"),
                view.active() && (mine || tome || now.has("admin")));
    }
}
