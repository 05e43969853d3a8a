package org.countersign.portal.grant;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.grant.BreakGlassService;
import org.countersign.core.grant.EligibleView;
import org.countersign.core.grant.Finding;
import org.countersign.core.grant.GrantFilter;
import org.countersign.core.grant.GrantRefusedException;
import org.countersign.core.grant.GrantService;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;
import org.countersign.model.policy.Grant;
import org.countersign.portal.grant.GrantsPresenter.Answer;

/** Starts, shows, ends and reviews what is taken in emergencies. */
public final class BreakGlassPresenter {
    private static final int PAGE = 50;

    private final BreakGlassService breakGlass;
    private final GrantService grants;
    private final Supplier<Caller> caller;

    public BreakGlassPresenter(BreakGlassService breakGlass, GrantService grants, Supplier<Caller> caller) {
        this.breakGlass = breakGlass;
        this.grants = grants;
        this.caller = caller;
    }

    public List<EligibleView> available() {
        return breakGlass.available(caller.get());
    }

    /** What is open or waits for its review, and concerns whoever looks. */
    public List<GrantView> concerning() {
        return breakGlass.concerning(caller.get());
    }

    public Page<GrantView> past(Optional<String> after) {
        return grants.list(
                caller.get(),
                new GrantFilter(Grant.Kind.BREAK_GLASS, Set.of(), Optional.empty(), Optional.empty(), PAGE, after));
    }

    public boolean own(GrantView use) {
        return use.principal().name().equals(caller.get().principal().name());
    }

    /** What stands on top of every page; empty when nothing concerns whoever looks. */
    public static String banner(List<GrantView> concerning) {
        List<GrantView> open = concerning.stream().filter(GrantView::active).toList();
        if (open.size() == 1) {
            GrantView use = open.getFirst();
            return "Break-glass is open: " + use.principal().name() + " has " + use.role() + " on " + use.target()
                    + ". " + use.reason();
        }
        if (!open.isEmpty()) {
            return "Break-glass is open " + open.size() + " times.";
        }
        long mine = concerning.stream().filter(GrantView::mayReview).count();
        if (mine > 0) {
            return mine == 1
                    ? "A break-glass waits for your review."
                    : mine + " uses of break-glass wait for your review.";
        }
        return concerning.isEmpty() ? "" : "A break-glass has not been reviewed yet.";
    }

    public Answer start(EligibleView rule, String target, String minutes, String reason, String ticket) {
        try {
            GrantView use = breakGlass.start(
                    caller.get(), rule.name(), target, GrantsPresenter.minutes(minutes), reason, ticket);
            return new Answer(
                    true, "You have " + use.role() + " on " + use.target() + " now. Everybody concerned sees it.");
        } catch (GrantRefusedException | InvalidRequestException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    public Answer end(GrantView use, String reason) {
        try {
            grants.end(caller.get(), use.id(), reason);
            return new Answer(true, "It has ended, and waits for its review.");
        } catch (GrantRefusedException | InvalidRequestException | UnknownIdException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    public Answer review(GrantView use, boolean justified, String words) {
        try {
            breakGlass.review(caller.get(), use.id(), justified ? Finding.JUSTIFIED : Finding.NOT_JUSTIFIED, words);
            return new Answer(true, "Reviewed. " + use.principal().name() + " could do it again from now on.");
        } catch (GrantRefusedException | InvalidRequestException | UnknownIdException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }
}
