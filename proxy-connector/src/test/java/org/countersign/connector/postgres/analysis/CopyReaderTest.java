package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countersign.connector.postgres.analysis.StatementKind.Copy;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "copy t from stdin                              > ",
                "copy t from stdin with ()                      > refused",
                "copy t to stdout csv header                    >  WITH (format 'csv', header)",
                "copy binary t to stdout                        >  WITH (format 'binary')",
                "copy t to stdout (FORMAT CSV, Null 'it''s')    >  WITH (format 'csv', null 'it''s')",
                "copy t to stdout (delimiter E'\\t', header 0)  >  WITH (delimiter '\t', header 0)",
                "copy t to stdout (delimiter e'\\x7c')          >  WITH (delimiter '|')",
                "copy t to stdout (delimiter $d$;$d$)           >  WITH (delimiter ';')",
                "copy t to stdout (force_quote (a, \"B \"\"c\")) >  WITH (force_quote (\"a\", \"B \"\"c\"))",
                "copy t to stdout csv force quote a, b escape 'x' >  WITH (format 'csv', force_quote (\"a\", \"b\"), escape 'x')",
                "copy t from stdin csv force not null *         >  WITH (format 'csv', force_not_null *)",
                "copy t from stdin using delimiters ';' null as '' >  WITH (delimiter ';', null '')",
                "copy t to stdout (null E'\\u0041')              > refused",
                "copy t to stdout (null U&'a')                  > refused",
            })
    void writesTheOptionsAnew(String sql, String options) throws Exception {
        StatementKind kind = kind(sql);
        if ("refused".equals(options)) {
            assertThat(kind).isInstanceOf(Refused.class);
        } else {
            assertThat(kind)
                    .isInstanceOfSatisfying(
                            Copy.class,
                            copy -> assertThat(copy.options().sql().strip())
                                    .isEqualTo(options == null ? "" : options.strip()));
        }
    }

    @Test
    void readsWhatIsCopied() throws Exception {
        assertThat(kind("copy A.\"b.C\" (x, \"Y\") from stdin"))
                .isEqualTo(new Copy(
                        "copy",
                        new Copy.Table(List.of("a", "b.C"), List.of("x", "Y")),
                        true,
                        new CopyOptions(List.of())));
        assertThat(kind("copy binary from stdin"))
                .isInstanceOfSatisfying(
                        Copy.class,
                        copy -> assertThat(copy.source()).isEqualTo(new Copy.Table(List.of("binary"), List.of())));
        assertThat(kind("copy ( /* ) */ select ')' -- )\n) to stdout")).isInstanceOfSatisfying(Copy.class, copy -> {
            assertThat(copy.source()).isInstanceOfSatisfying(Copy.Query.class, query -> {
                assertThat(query.text()).isEqualTo("select ')'");
                assertThat(query.offset()).isEqualTo(15);
            });
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy t to 'file'",
                "copy t from program 'id'",
                "copy (select 1) to program 'cat'",
                "copy (select 1) from stdin",
                "copy (drop table t) to stdout",
                "copy (copy t to stdout) to stdout",
                "copy () to stdout",
                "copy (select 1",
                "copy U&\"t\" to stdout",
                "copy t to stdout with (encoding 'latin1')",
                "copy t from stdin where",
                "copy t from stdin (default 'x') where true",
                "copy t to stdout where true",
                "copy t to stdout (null 'a'\n'b')",
                "copy t to stdout garbage",
                "copy t to stdout (format csv) garbage",
            })
    void refusesEverythingElse(String sql) throws Exception {
        assertThat(kind(sql)).isInstanceOf(Refused.class);
    }

    private static StatementKind kind(String sql) throws LexException {
        return StatementKind.of(SqlLexer.split(sql).getFirst());
    }
}
