package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.query;

import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not understood is refused, with a word on what to do, and the session goes on. */
class RefusalsTest {
    @Started
    private static TestGateway gateway;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update orders set note = 'x' where current of c | name the row by its key
            delete from orders where current of c | name the row by its key
            execute p(1 + 1) | bind others through the driver's protocol
            execute p((select 1)) | bind others through the driver's protocol
            execute p(now()) | bind others through the driver's protocol
            execute p(1.5) | write it as a quoted constant
            explain execute p(1) | explain the prepared statement itself
            explain (analyze, costs off) execute p(1) | explain the prepared statement itself
            prepare transaction 'x' | outlives the session that is recorded
            commit prepared 'x' | outlives the session that is recorded
            rollback prepared 'x' | outlives the session that is recorded
            """)
    void saysWhatToDoInstead(String sql, String advice) throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("prepare p as select $1::int");
            client.query("begin");
            client.query("declare c cursor for select * from orders for update");
            client.query("fetch c");
            client.send(query(sql));
            assertThat(client.receive()).isInstanceOfSatisfying(ErrorResponse.class, refused -> {
                assertThat(refused.diagnostic().sqlState()).isEqualTo("SD005");
                assertThat(refused.diagnostic().message()
                                + refused.diagnostic().field(Diagnostic.HINT).orElse("")
                                + refused.diagnostic().field(Diagnostic.DETAIL).orElse(""))
                        .contains(advice);
            });
            assertThat(client.answers(1)).containsExactly("ready FAILED");
            assertThat(client.query("rollback")).containsExactly("ROLLBACK", "ready IDLE");
            assertThat(client.query("execute p(7)")).contains("[7]");
        }
    }
}
