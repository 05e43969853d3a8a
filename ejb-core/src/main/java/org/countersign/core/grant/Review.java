package org.countersign.core.grant;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.approval.ApproversJson;
import org.countersign.core.identity.AccountLines;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.session.Person;
import org.jspecify.annotations.Nullable;

/** The look that others take afterwards at what somebody did in an emergency. */
@Embeddable
public class Review {
    @Column
    private @Nullable String reviewers;

    @Column(name = "review_within")
    private @Nullable String within;

    @Column(name = "review_due")
    private @Nullable Instant due;

    @Column(name = "reviewed_at")
    private @Nullable Instant at;

    @Column(name = "reviewed_by")
    private @Nullable String by;

    @Column
    @Enumerated(EnumType.STRING)
    private @Nullable Finding finding;

    @Column(name = "review")
    private @Nullable String words;

    @Column(name = "reviewer_accounts")
    private String reviewerAccounts = "";

    @Column(name = "reviewed_accounts")
    private String reviewedAccounts = "";

    protected Review() {}

    static Review none() {
        return new Review();
    }

    static Review by(Approvers reviewers, Duration within) {
        var review = new Review();
        review.reviewers = ApproversJson.of(reviewers);
        review.within = within.toString();
        return review;
    }

    /** It is due some time after what is reviewed is over. */
    void begin(Instant over) {
        if (within != null) {
            due = over.plus(Duration.parse(within));
        }
    }

    Approvers reviewers() {
        if (reviewers == null) {
            throw new IllegalStateException("nobody reviews this");
        }
        return ApproversJson.parse(reviewers);
    }

    boolean done() {
        return at != null;
    }

    /** @param reviewed every account of everybody who answers for what is reviewed: the sets are kept as the proof */
    void take(Person reviewer, Set<Person> accounts, Set<Person> reviewed, Finding result, String text, Instant now) {
        by = reviewer.name();
        finding = result;
        words = text;
        at = now;
        reviewerAccounts = AccountLines.of(accounts);
        reviewedAccounts = AccountLines.of(reviewed);
    }

    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    Optional<GrantView.ReviewView> view() {
        return at == null || by == null || finding == null || words == null
                ? Optional.empty()
                : Optional.of(new GrantView.ReviewView(
                        by,
                        finding,
                        words,
                        at,
                        AccountLines.parse(reviewerAccounts),
                        AccountLines.parse(reviewedAccounts)));
    }
}
