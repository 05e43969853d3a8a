package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.StatementKind.Explain;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;
import org.countersign.connector.postgres.analysis.StatementKind.Setting;
import org.countersign.connector.postgres.analysis.StatementKind.Utility;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindTest {
    static List<Corpus.Entry> denied() {
        return Corpus.entries("must-deny.sql");
    }

    static List<Corpus.Entry> allowed() {
        return Corpus.entries("must-allow.sql");
    }

    @ParameterizedTest
    @MethodSource("denied")
    void refusesWhatNeedsNoTreeToBeRefused(Corpus.Entry entry) throws Exception {
        StatementKind kind = only(entry.sql());
        if (entry.expected().startsWith("kind:")) {
            assertThat(kind).isInstanceOf(Refused.class);
        } else if (entry.expected().startsWith("everything:")) {
            assertThat(((Utility) kind).accesses())
                    .isNotEmpty()
                    .allMatch(access -> access.resource() instanceof Resource.Everything);
        } else {
            assertThat(kind).isInstanceOf(Optimizable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void knowsEveryKindOfTheCorpus(Corpus.Entry entry) throws Exception {
        StatementKind kind = only(entry.sql());
        assertThat(kind).isNotInstanceOf(Refused.class);
        assertThat(kind.name()).isEqualTo(entry.expected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ALTER COLUMN \"a\" TYPE bigint USING \"a\"::bigint",
                "alter table t alter a type numeric(8, 2) using A::numeric(8, 2), alter b set data type int using b",
                "alter table t alter a type timestamp with time zone using a::pg_catalog.timestamp with time zone",
                "alter table t alter a type text[] using a::text[]",
                "alter table t alter a type m using (a::public.\"m\"), alter b type numeric(3) using (b::numeric(3)), alter c type int using (c);",
                "alter table t add constraint c exclude using gist (a with &&)",
                "alter table t add exclude using gist (a with &&)",
                "alter table t add primary key using index i"
            })
    void letsAColumnKeepItsValuesInAnotherType(String sql) throws Exception {
        assertThat(((Utility) only(sql)).effects()).containsExactly(Effect.DEFINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table t alter a type text using b",
                "alter table t alter a type text using b::text",
                "alter table t alter a type text using \"A\"::text",
                "alter table t alter a type text using a::text || b",
                "alter table t alter a type text using a::text(b)",
                "alter table t alter a type text using a::text at time zone b",
                "alter table t alter a type text using a::text between b and c",
                "alter table t alter a type text using a::text, alter c type text using b::text",
                "alter table t alter b type text, alter a type text using (select b from t limit 1)",
                "alter table t alter a type text using f(a)",
                "alter table t alter a type text collate exclude using b",
                "alter table t alter a type text using (a::text) || b",
                "alter table t alter a type text using (a::text || b)",
                "alter table t alter a type text using ((a)::text)",
                "alter table t alter a type text using (a, b)",
                "alter table t alter a type text using a::text[b]",
                "alter table t alter a type text using a::text[(select 1)]",
                "alter table t alter a type text using a.b",
                "alter table t alter a type text using U&\"a\"::text",
                "alter table t alter a type text using case when a then b end",
                "alter table t alter a type exclude using b",
                "alter table t alter a type public.exclude using b"
            })
    void whatMovesValuesBetweenColumnsReadsEverything(String sql) throws Exception {
        assertThat(((Utility) only(sql)).effects()).contains(Effect.READ, Effect.WRITE, Effect.EXECUTE);
    }

    @Test
    void keepsTheValueOfASettingAsWritten() throws Exception {
        assertThat(only("set local search_path to \"A b\", public"))
                .isEqualTo(new Setting("set", "search_path", Optional.of("\"A b\", public"), true));
        assertThat(only("SET names utf8")).isEqualTo(new Setting("set", "client_encoding", Optional.of("utf8"), false));
        assertThat(only("set timezone = default")).isEqualTo(new Setting("set", "timezone", Optional.empty(), false));
    }

    @Test
    void cutsTheExplainedStatementOut() throws Exception {
        String sql = "explain (analyze off, verbose) select 1";
        assertThat(only(sql))
                .isEqualTo(new Explain("explain", new Optimizable("select"), "select 1", sql.indexOf("select"), false));
        assertThat(((Explain) only("explain (analyze) (select 1)")).analyze()).isTrue();
        assertThat(((Explain) only("explain (select 1)")).analyze()).isFalse();
    }

    @Test
    void letsAStatementWithoutTreesReachEverything() throws Exception {
        Utility truncate = (Utility) only("truncate orders");
        assertThat(truncate.accesses())
                .extracting(Object::toString)
                .containsExactly("Access[action=sql:truncate, resource=*]");
        assertThat(truncate.analysis().hasPredicate()).isFalse();
    }

    @Test
    void letsATableOfAQueryReachEverything() throws Exception {
        for (String sql : List.of(
                "create temp table t as select 1",
                "create table if not exists t (a) as values (1)",
                "select 1 into t")) {
            Utility made = (Utility) only(sql);
            assertThat(made.accesses())
                    .extracting(Object::toString)
                    .containsExactly("Access[action=sql:define, resource=*]", "Access[action=sql:select, resource=*]");
            assertThat(made.preparedAside()).isTrue();
        }
        assertThat(only("create table t as execute p")).isInstanceOf(Refused.class);
        for (String sql : List.of("select 1 as into", "select t.into from t", "select (select 1 into t)")) {
            assertThat(only(sql)).isEqualTo(new Optimizable("select"));
        }
    }

    private static StatementKind only(String sql) throws LexException {
        List<Piece> pieces = SqlLexer.split(sql);
        assertThat(pieces).hasSize(1);
        return StatementKind.of(pieces.get(0));
    }
}
