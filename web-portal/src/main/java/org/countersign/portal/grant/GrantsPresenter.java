package org.countersign.portal.grant;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.grant.EligibleView;
import org.countersign.core.grant.GrantFilter;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantState;
import org.countersign.core.grant.GrantView;
import org.countersign.core.grant.Wish;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.Grant;

/** Lists grants, asks for them, ends them. */
public final class GrantsPresenter {
    private static final int PAGE = 50;

    private final GrantService grants;
    private final Supplier<Caller> caller;

    public GrantsPresenter(GrantService grants, Supplier<Caller> caller) {
        this.grants = grants;
        this.caller = caller;
    }

    /** Which of them a list shows. */
    public enum Box {
        MINE("Mine", Set.of()),
        PENDING("To decide", Set.of(GrantState.PENDING)),
        ACTIVE("Active", Set.of(GrantState.ACTIVE)),
        PAST(
                "Past",
                Set.of(
                        GrantState.USED,
                        GrantState.ENDED,
                        GrantState.REVOKED,
                        GrantState.REJECTED,
                        GrantState.EXPIRED,
                        GrantState.WITHDRAWN));

        private final String title;
        private final Set<GrantState> states;

        Box(String title, Set<GrantState> states) {
            this.title = title;
            this.states = states;
        }

        public String title() {
            return title;
        }

        /** The parameter of its address. */
        public String address() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Box of(Optional<String> address) {
            return Arrays.stream(values())
                    .filter(box -> address.filter(box.address()::equals).isPresent())
                    .findFirst()
                    .orElse(MINE);
        }
    }

    /**
     * What is in the form.
     *
     * @param actions with commas or line breaks between them, as resources; may be blank
     * @param minutes how long
     */
    public record Form(
            String target,
            String actions,
            String resources,
            String minutes,
            boolean single,
            String reason,
            String ticket) {}

    /** @param done whether something changed */
    public record Answer(boolean done, String message) {}

    public Page<GrantView> open(Box box, Optional<String> after) {
        Caller now = caller.get();
        return grants.list(
                now,
                new GrantFilter(
                        Grant.Kind.GRANT,
                        box.states,
                        box == Box.MINE ? Optional.of(now.principal().name()) : Optional.empty(),
                        Optional.empty(),
                        PAGE,
                        after));
    }

    public List<EligibleView> eligible() {
        return grants.eligible(caller.get());
    }

    public Answer request(EligibleView role, Form form) {
        try {
            grants.request(
                    caller.get(),
                    new Wish(
                            role.role(),
                            form.target(),
                            entries(form.actions()),
                            entries(form.resources()),
                            List.of(),
                            minutes(form.minutes()),
                            form.single(),
                            form.reason(),
                            form.ticket()));
            return new Answer(true, "Asked. It begins once " + role.decidedBy() + " approved it.");
        } catch (GrantRefusedException | InvalidRequestException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    /** Commas within a set of columns separate columns. */
    static List<String> entries(String typed) {
        return Arrays.stream(typed.split("\\R|,(?![^()]*\\))"))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    static Duration minutes(String typed) {
        try {
            return Duration.ofMinutes(Integer.parseInt(typed.strip()));
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("duration", "say how many minutes");
        }
    }

    /** What ending it means to whoever looks. */
    public String ending(GrantView grant) {
        if (grant.state() == GrantState.PENDING) {
            return "Take back";
        }
        return grant.principal().name().equals(caller.get().principal().name()) ? "Give back" : "Revoke";
    }

    public Answer end(GrantView grant, String reason) {
        try {
            GrantView ended = grants.end(caller.get(), grant.id(), reason);
            return new Answer(
                    true,
                    ended.state() == GrantState.WITHDRAWN
                            ? "The request is taken back."
                            : "It has ended. The next command that needs it is refused.");
        } catch (GrantRefusedException | InvalidRequestException | UnknownIdException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }
}
