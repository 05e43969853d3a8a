package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRowsTest {
    @Test
    void readsWhatComesBack() {
        assertThat(PlanRows.of(
                        "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Plan Rows\": 3000, \"Alias\": \"a\\\"]\"}}]"))
                .hasValue(3000);
    }

    @Test
    void readsWhatWritesChangeWhereverTheyStand() {
        String update = "{\"Node Type\": \"ModifyTable\", \"Plan Rows\": 0, \"Parent Relationship\": \"InitPlan\","
                + " \"Plans\": [{\"Node Type\": \"Result\", \"Parent Relationship\": \"InitPlan\", \"Plan Rows\": 9},"
                + " {\"Node Type\": \"Seq Scan\", \"Parent Relationship\": \"Outer\", \"Plan Rows\": 70}]}";
        assertThat(PlanRows.of("[{\"Plan\": " + update + "}]")).hasValue(70);
        assertThat(PlanRows.of("[{\"Plan\": {\"Node Type\": \"Aggregate\", \"Plan Rows\": 1, \"Plans\": [" + update
                        + ", " + update + "]}}]"))
                .hasValue(140);
    }

    @Test
    void addsWhatARuleMadeOfOneStatement() {
        assertThat(PlanRows.of("[{\"Plan\": {\"Plan Rows\": 1}},\n {\"Plan\": {\"Plan Rows\": 1.5e3}}]"))
                .hasValue(1501);
        assertThat(PlanRows.of("[]")).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{}",
                "[1]",
                "[{\"Plan\": 1}]",
                "[{\"Plan\": {}}]",
                "[{\"Plan\": {\"Plan Rows\": -1}}]",
                "[{\"Plan\": {\"Plan Rows\": \"7\"}}]",
                "[{\"Plan\": {\"Plan Rows\": 7}}] x",
                "[{\"Plan\": {\"Plan Rows\": 7, \"Plans\": [7]}}]",
                "[{\"Plan\": {\"Plan Rows\": 7}",
                "\"Utility Statement\"",
            })
    void hasNoNumberForAnythingElse(String document) {
        assertThat(PlanRows.of(document)).isEmpty();
    }

    @Test
    void hasNoNumberForWhatIsNestedTooDeeply() {
        assertThat(PlanRows.of("[".repeat(100_000))).isEmpty();
    }
}
