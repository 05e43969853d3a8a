package org.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.countersign.model.command.Effect;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.command.UserRoutine;
import org.countersign.model.command.Volatility;
import org.junit.jupiter.api.Test;

class ApprovalJsonTest {
    private static final UserRoutine FUNCTION = new UserRoutine("public.stamp()", "741", Volatility.VOLATILE, true);
    private static final UserRoutine TRIGGER =
            new UserRoutine("trigger stamped on public.orders", "742", Volatility.VOLATILE, true);

    @Test
    void keepsWhatCodeWouldRunInWordsForTheApprover() {
        var analysis = new SqlAnalysis(
                List.of(),
                Set.of(Effect.WRITE),
                List.of("pg_catalog.pg_sleep(double precision)", "public.stamp()"),
                true,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(FUNCTION, TRIGGER),
                "00");
        var command =
                new SqlCommand("insert", "insert into orders default values", List.of(), analysis, List.of(), false);

        String kept = ApprovalJson.commands(List.of(command));

        assertThat(ApprovalJson.commands(kept).getFirst().code())
                .containsExactly(
                        "pg_catalog.pg_sleep(double precision)",
                        "public.stamp(), volatile, runs with its owner's rights (SECURITY DEFINER)",
                        "trigger stamped on public.orders, volatile, runs with its owner's rights (SECURITY DEFINER)");
    }

    @Test
    void readsRequestsOfEarlierVersionsThatSayNothingOfCode() {
        String kept = "[{\"kind\":\"select\",\"text\":\"select 1\",\"parameters\":[],\"actions\":[],\"resources\":[]}]";

        assertThat(ApprovalJson.commands(kept).getFirst().code()).isEmpty();
    }
}
