package org.countersign.connector.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.junit.jupiter.api.Test;

class AnalysisTextTest {
    private static final FieldName NOTE = new FieldName("public.orders", "note");
    private static final Access UPDATE =
            new Access(Action.sql("update"), new Resource.Relation("public.orders", Set.of("note")));

    private final AnalysisText text = new AnalysisText();

    /** The core reads exactly this: see RecentCommandsTest there. */
    @Test
    void writesWhatAPolicyJudges() {
        assertThat(text.of(command("update", analysis(List.of(UPDATE))), shown -> shown))
                .isEqualTo("{\"effects\":[\"write\"],\"predicate\":true,\"inTransaction\":false,"
                        + "\"functions\":[\"public.f(integer)\"],"
                        + "\"accesses\":[[\"sql:update\",\"relation\",\"public.orders\",\"note\"]],"
                        + "\"outputs\":[[\"shown\",[[\"public.orders\",\"note\"]]]],"
                        + "\"examined\":[[\"public.orders\",\"note\"]],\"moved\":[],"
                        + "\"written\":[[\"public.orders\",\"note\"]]}");
    }

    @Test
    void writesEachOfSeveralStatementsAsRecordingsShowIt() {
        SqlCommand one = command("update", analysis(List.of(UPDATE)));
        SqlCommand both = SqlCommand.several("a; b", List.of(one, one), List.of(), false);

        assertThat(text.of(both, part -> part.replace("…", "***")))
                .contains("\"parts\":[{\"kind\":\"update\",\"text\":\"update ***\",")
                .doesNotContain("…");
    }

    @Test
    void leavesOutWhatIsTooLong() {
        var name = new Access(Action.sql("select"), new Resource.Routine("f".repeat(AnalysisText.MAX_CHARACTERS)));

        assertThat(text.of(command("select", analysis(Collections.nCopies(1, name))), shown -> shown))
                .isEqualTo("null");
    }

    private static SqlCommand command(String kind, SqlAnalysis analysis) {
        return new SqlCommand(kind, "update …", List.of(), analysis, List.of(), false);
    }

    private static SqlAnalysis analysis(List<Access> accesses) {
        return new SqlAnalysis(
                accesses,
                Set.of(Effect.WRITE),
                List.of("public.f(integer)"),
                true,
                List.of(new OutputField("shown", Set.of(NOTE))),
                Set.of(NOTE),
                Set.of(),
                Set.of(NOTE),
                List.of(),
                "");
    }
}
