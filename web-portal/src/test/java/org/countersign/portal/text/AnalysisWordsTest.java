package org.countersign.portal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisWordsTest {
    @Test
    void saysWhatACommandDoes() {
        assertThat(AnalysisWords.actions(List.of("sql:update"))).isEqualTo("It changes rows.");
        assertThat(AnalysisWords.actions(List.of("sql:select", "sql:delete", "sql:grant")))
                .isEqualTo("It reads rows, deletes rows and changes who may do what in the database.");
        assertThat(AnalysisWords.actions(List.of("ssh:exec"))).isEqualTo("It does ssh:exec.");
        assertThat(AnalysisWords.actions(List.of())).isEmpty();
    }

    @Test
    void saysToWhat() {
        assertThat(AnalysisWords.resource("public.orders")).isEqualTo("public.orders");
        assertThat(AnalysisWords.resource("public.orders.(note)")).isEqualTo("the column note of public.orders");
        assertThat(AnalysisWords.resource("public.orders.(id,note,sku)"))
                .isEqualTo("the columns id, note and sku of public.orders");
        assertThat(AnalysisWords.resource("*")).isEqualTo("everything");
    }
}
