package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SettlementsTest {
    private final UUID approval = UUID.randomUUID();
    private final Settlements settlements = new Settlements();
    private final List<String> told = new ArrayList<>();
    private boolean away;

    private void tell(String what) {
        if (away) {
            throw new IllegalStateException("the store is away");
        }
        told.add(what);
    }

    @Test
    void tellsAtOnceAndOnce() {
        settlements.settle(approval, () -> tell("failed"));
        settlements.settleAll();

        assertThat(told).containsExactly("failed");
    }

    @Test
    void tellsOnceTheStoreIsBack() {
        away = true;
        settlements.settle(approval, () -> tell("failed"));
        assertThat(told).isEmpty();
        away = false;

        settlements.settleAll();
        settlements.settleAll();

        assertThat(told).containsExactly("failed");
    }

    @Test
    void letsNobodyRedeemBeforeTheStoreKnowsWhatBecameOfTheLastTime() {
        away = true;
        settlements.settle(approval, () -> tell("failed"));

        assertThatThrownBy(() -> settlements.settle(approval)).hasMessage("the store is away");
    }
}
