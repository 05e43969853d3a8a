package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlLexerTest {
    @Test
    void dropsPiecesOfNothingButCommentsAndKeepsOffsets() throws Exception {
        List<Piece> pieces = SqlLexer.split(" ;; select 1 /* ; */ ; -- x\n select 2; /* end */");
        assertThat(pieces).extracting(Piece::text).containsExactly("select 1", "select 2");
        assertThat(pieces).extracting(Piece::offset).containsExactly(4, 29);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a\\'; select 2",
                "select e'a\\''; select 2",
                "select e'a' \n '\\'' ; select 2",
                "select e'a' --x\n '\\'' ; select 2",
                "select 'a' \n '\\' ; select 2",
                "select U&'\\'; select 2",
                "select a$b$; select 2 -- $b$",
                "select $a$ $b$ ; $a$; select 2",
                "select 1 -- x\r; select 2",
                "select 1 /* /* ; */ ; */; select 2",
                "select \"a\"\";\"; select 2",
                "select 1*/*;*/2; select 2",
                "select 1e5e'\\'';select 2",
                "select 1+--;\n 2; select 2",
                "create function f() returns int begin atomic select case when true then 1 end; end; select 2",
                "create rule r as on insert to t do (select 1; select 2); select 2"
            })
    void findsExactlyTwoStatements(String sql) throws Exception {
        assertThat(SqlLexer.split(sql)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a",
                "select e'a\\'",
                "select \"a",
                "/* /* */",
                "select $a$ $b$",
                "select \u0000",
                "select 1\u000b"
            })
    void refusesWhatHasNoEnd(String sql) {
        assertThatThrownBy(() -> SqlLexer.split(sql)).isInstanceOf(LexException.class);
    }

    @Test
    void foldsAsciiOnly() throws Exception {
        assertThat(SqlLexer.split("SELECT 1").get(0).token(0).is("select")).isTrue();
        assertThat(SqlLexer.split("\u017felect 1").get(0).token(0).is("select")).isFalse();
    }

    @Test
    void readsManyWordsBehindALongOneInLinearTime() {
        String sql = "a".repeat(SqlLexer.MAX_CHARACTERS / 2) + " b".repeat(SqlLexer.MAX_CHARACTERS / 4);
        assertThat(assertTimeout(Duration.ofSeconds(5), () -> SqlLexer.split(sql)))
                .hasSize(1);
    }

    @Test
    void readsAMegabyteOfOpenCommentsAndBracketsInLinearTime() throws Exception {
        assertThat(SqlLexer.split("select " + "(".repeat(500_000) + "1")).hasSize(1);
        assertThatThrownBy(() -> SqlLexer.split("/*".repeat(500_000))).isInstanceOf(LexException.class);
    }
}
