package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.PrintedTrees.ForgedException;
import org.countersign.wire.postgres.Diagnostic;
import org.junit.jupiter.api.Test;

class PrintedTreesTest {
    private static final int PARSE = 3;
    private final Round round = new Round(List.of());

    @Test
    void takesOneAnalysedAndOneRewrittenTree() throws ForgedException {
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}"));
        round.remarked(PARSE, tree("rewritten parse tree:", "({QUERY b})"));
        assertThat(strict()).contains(new PrintedTrees("{QUERY a}", "({QUERY b})"));
    }

    @Test
    void findsNothingWhereNothingWasPrinted() throws ForgedException {
        round.remarked(PARSE + 1, tree("parse tree:", "{QUERY a}"));
        assertThat(strict()).isEmpty();
    }

    @Test
    void refusesATreeThatAFunctionRaised() {
        round.remarked(
                PARSE,
                tree("parse tree:", "{QUERY a}")
                        .with(Diagnostic.SOURCE_FILE, "pl_exec.c")
                        .with(Diagnostic.ROUTINE, "exec_stmt_raise"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void refusesATreeWithAContext() {
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}").with(Diagnostic.CONTEXT, "PL/pgSQL function f()"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void passesOverWhatTheScannerSaysAboutALongName() throws ForgedException {
        var shortened = Diagnostic.of("NOTICE", "42622", "identifier will be truncated")
                .with(Diagnostic.SOURCE_FILE, "scansup.c")
                .with(Diagnostic.ROUTINE, "truncate_identifier");
        round.remarked(PARSE, shortened);
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}"));
        round.remarked(PARSE, tree("rewritten parse tree:", "({QUERY b})"));
        assertThat(strict()).contains(new PrintedTrees("{QUERY a}", "({QUERY b})"));
        round.remarked(PARSE, shortened.with(Diagnostic.CONTEXT, "PL/pgSQL function f()"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void refusesATreeOfAnotherSeverity() {
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}").with(Diagnostic.SEVERITY, "NOTICE"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void refusesASecondTreeOfOneKind() {
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}"));
        round.remarked(PARSE, tree("parse tree:", "{QUERY c}"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void refusesOneTreeWithoutTheOther() {
        round.remarked(PARSE, tree("rewritten parse tree:", "({QUERY b})"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void refusesAnyOtherNoticeInTheWindow() {
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}"));
        round.remarked(PARSE, tree("rewritten parse tree:", "({QUERY b})"));
        round.remarked(PARSE, Diagnostic.of("NOTICE", "00000", "look here"));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class);
    }

    @Test
    void refusesATreeBeyondTheLimit() {
        round.remarked(PARSE, tree("parse tree:", "x".repeat(101)));
        assertThatThrownBy(this::strict).isInstanceOf(ForgedException.class).hasMessageContaining("limit 100");
    }

    @Test
    void passesOverTreesOfStatementsInsideFunctionsAtBind() throws ForgedException {
        round.remarked(PARSE, tree("parse tree:", "{QUERY a}").with(Diagnostic.CONTEXT, "SQL function \"f\""));
        assertThat(PrintedTrees.of(round, PARSE, 100, true)).isEmpty();
    }

    private Optional<PrintedTrees> strict() throws ForgedException {
        return PrintedTrees.of(round, PARSE, 100, false);
    }

    private static Diagnostic tree(String title, String text) {
        return Diagnostic.of("LOG", "00000", title)
                .with(Diagnostic.DETAIL, text)
                .with(Diagnostic.SOURCE_FILE, "print.c")
                .with(Diagnostic.ROUTINE, "elog_node_display");
    }
}
