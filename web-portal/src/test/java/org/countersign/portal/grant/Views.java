package org.countersign.portal.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.grant.EligibleView;
import org.countersign.core.grant.GrantState;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.policy.Grant;
import org.countersign.portal.shell.TestCallers;

/** Roles for a time, as the presenters get them. */
final class Views {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Views() {}

    static Caller caller(String name) {
        return TestCallers.caller(NOON, name);
    }

    static GrantView grant(String holder, GrantState state) {
        return view(Grant.Kind.GRANT, holder, state, false);
    }

    /** @param reviewed by whoever looks, if he wants */
    static GrantView glass(String holder, GrantState state, boolean reviewed) {
        return view(Grant.Kind.BREAK_GLASS, holder, state, reviewed);
    }

    private static GrantView view(Grant.Kind kind, String holder, GrantState state, boolean mayReview) {
        UUID id = UUID.randomUUID();
        return new GrantView(
                id,
                kind,
                state,
                "shop-rule",
                Grant.rule(kind, id),
                "shop-emergency",
                PrincipalView.of(TestCallers.person(holder)),
                Set.of(),
                "shop",
                List.of("sql:select"),
                List.of("*"),
                List.of(),
                List.of(),
                false,
                Duration.ofMinutes(30),
                "the shop is down",
                "",
                Optional.empty(),
                NOON,
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(1800)),
                Optional.empty(),
                Optional.empty(),
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                mayReview,
                "");
    }

    static EligibleView rule() {
        return new EligibleView(
                "shop-rule",
                "shop-emergency",
                List.of("shop"),
                List.of(),
                Duration.ofHours(1),
                false,
                false,
                "an approver",
                "");
    }
}
