package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What statements and rows cost that pass through the gateway, beside the same without it; printed for docs/benchmarks.md
 * and, as figures of a machine, not asserted. No build runs it unless it is named.
 */
class CostMeasurement {
    private static final int WARM = 2_000;
    private static final int STATEMENTS = 2_000;
    private static final int CLIENTS = 8;
    private static final int PASSES = 9;
    private static final int ROWS = 100_000;
    private static final String WIDE = "select id, full_name, email, card_number from customers where id > 1000";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    /** How much is known of a statement when it comes. */
    private enum Known {
        NEW_TEXT {
            @Override
            FrontendMessage[] next(int turn) {
                return new FrontendMessage[] {query("select note as n" + turn + " from orders where id = " + id(turn))};
            }
        },
        CACHED_TEXT {
            @Override
            FrontendMessage[] next(int turn) {
                return new FrontendMessage[] {query("select note from orders where id = " + id(turn) + " -- " + turn)};
            }
        },
        PREPARED {
            @Override
            FrontendMessage[] next(int turn) {
                var bind = new Bind(
                        "",
                        "s",
                        List.of(),
                        List.of(String.valueOf(id(turn)).getBytes(StandardCharsets.UTF_8)),
                        List.of());
                return new FrontendMessage[] {bind, execute(""), sync()};
            }
        };

        abstract FrontendMessage[] next(int turn);

        private static int id(int turn) {
            return turn % 100 + 1;
        }
    }

    /** Java compiles what runs often. */
    @BeforeAll
    static void warm() throws Exception {
        try (var client = client(false)) {
            for (Known known : Known.values()) {
                run(client, known, 0, WARM);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void statements(Known known) throws Exception {
        double[] past = statements(known, true);
        double[] through = statements(known, false);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f / %.2f | %.2f / %.2f | %.0f | %.0f | %.2f |%n",
                known.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                past[0],
                past[1],
                through[0],
                through[1],
                past[2],
                through[2],
                through[2] / past[2]);
    }

    /** P50 and p99 of one client in milliseconds, and statements a second of several. */
    private static double[] statements(Known known, boolean past) throws Exception {
        try (var client = client(past)) {
            run(client, known, WARM, STATEMENTS / 10);
            long[] nanos = run(client, known, 2 * WARM, STATEMENTS);
            Arrays.sort(nanos);
            return new double[] {nanos[STATEMENTS / 2] / 1e6, nanos[STATEMENTS * 99 / 100] / 1e6, together(known, past)
            };
        }
    }

    private static double together(Known known, boolean past) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var runs = new ArrayList<Callable<long[]>>();
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = client(past);
                clients.add(client);
                int first = 1_000_000 * (i + 1);
                runs.add(() -> run(client, known, first, STATEMENTS / 2));
            }
            long begun = System.nanoTime();
            for (Future<long[]> done : threads.invokeAll(runs)) {
                done.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            for (RawClient client : clients) {
                client.close();
            }
            return CLIENTS * (STATEMENTS / 2) / seconds;
        }
    }

    private static RawClient client(boolean past) throws Exception {
        RawClient client = past ? target.direct() : gateway.signIn("frank");
        client.send(parse("s", "select note from orders where id = $1"), sync()).skim();
        return client;
    }

    private static long[] run(RawClient client, Known known, int from, int turns) throws Exception {
        var nanos = new long[turns];
        for (int i = 0; i < turns; i++) {
            long begun = System.nanoTime();
            client.send(known.next(from + i)).skim();
            nanos[i] = System.nanoTime() - begun;
        }
        return nanos;
    }

    @Test
    void rows() throws Exception {
        target.run(
                "insert into customers (id, full_name, email, card_number, salary) select 1000 + i, 'Anna Abel ' || i,"
                        + " 'wide.' || i || '@mail.example', '411111111111' || lpad((i % 10000)::text, 4, '0'), i % 9999"
                        + " from generate_series(1, " + ROWS + ") as i",
                "analyze customers");
        try (var past = target.direct();
                var clear = gateway.signIn("frank");
                var masked = gateway.signIn("mallory")) {
            for (Format format : Format.values()) {
                var nanos = new long[3][PASSES];
                for (int pass = -3; pass < PASSES; pass++) {
                    long[] each = {pass(past, format), pass(clear, format), pass(masked, format)};
                    for (int way = 0; way < each.length && pass >= 0; way++) {
                        nanos[way][pass] = each[way];
                    }
                }
                for (long[] way : nanos) {
                    Arrays.sort(way);
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f | %.0f | %.2f |%n",
                        format.name().toLowerCase(Locale.ROOT),
                        nanos[0][PASSES / 2] / 1e6,
                        nanos[1][PASSES / 2] / 1e6,
                        nanos[2][PASSES / 2] / 1e6,
                        (double) nanos[2][PASSES / 2] / nanos[1][PASSES / 2]);
            }
        }
    }

    private static long pass(RawClient client, Format format) throws Exception {
        long begun = System.nanoTime();
        client.send(parse("", WIDE), new Bind("", "", List.of(), List.of(), List.of(format)), execute(""), sync());
        long bytes = client.skim();
        assertThat(bytes).isGreaterThan(50L * ROWS);
        return System.nanoTime() - begun;
    }
}
