package org.countersign.core.segregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class PastCheckTest {
    private final PastCheck check = new PastCheck(new Acts(), new PersonConflicts());
    private final PolicySnapshot policy =
            Segregated.policy(new StaticConstraint("apart", TargetSelector.everyTarget(), Set.of("maker", "checker")));

    private Optional<Verdict.Deny> refusal(Principal who, String target) {
        return check.againstApproving(policy, target, who, Set.of(), List.of(), Segregated.NOW);
    }

    @Test
    void whoeverHoldsWhatIsKeptApartDoesNotCountersign() {
        // both roles of the shop are his
        assertThat(refusal(TestPrincipals.agent("orders-agent", "alice"), "shop"))
                .hasValueSatisfying(deny -> {
                    assertThat(deny.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
                    assertThat(deny.message())
                            .isEqualTo("orders-agent holds roles that one person must not hold together:"
                                    + " checker, maker. (apart)");
                });
    }

    @Test
    void whoeverHoldsNothingOfItMay() {
        assertThat(refusal(TestPrincipals.agent("other-agent", "alice"), "shop"))
                .isEmpty();
        assertThat(refusal(TestPrincipals.agent("orders-agent", "alice"), "elsewhere"))
                .isEmpty();
    }
}
