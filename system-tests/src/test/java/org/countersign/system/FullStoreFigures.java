package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long the pages of a full store take: docs/benchmarks.md says what is in it and how to run this. It is no part of
 * the build, because what it writes into the store stays there.
 */
@ExtendWith(RunningGateway.class)
class FullStoreFigures {
    private static final long SECOND = 1_000;
    private static final int ROUNDS = 5;

    private final Gateway gateway;

    FullStoreFigures(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void inboxApprovalAndReportOpenInLessThanASecond() throws Exception {
        String pending = fill();
        var late = new ArrayList<String>();
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("carol", "/report");
            page.getByText("Nobody countersigned himself").waitFor();
            opens(page, "/approvals", page.locator("a[href^='approvals/']").first(), late);
            opens(
                    page,
                    "/approvals/" + pending,
                    page.getByText("Who is behind it").first(),
                    late);
            opens(page, "/report", page.getByText("Nobody countersigned himself"), late);
        }
        for (String path : List.of(
                "approvals?state=pending",
                "approvals?state=pending&limit=200",
                "approvals/" + pending,
                "approvals/" + pending + "/similar",
                "evidence",
                "evidence/commands?limit=200",
                "evidence/attempts?limit=200",
                "approvers")) {
            opens(path, () -> answered(path), late);
        }
        System.out.println("commands.csv " + answered("evidence/commands.csv") + " ms");
        assertThat(late).isEmpty();
    }

    private void opens(Page page, String path, Locator shown, List<String> late) {
        opens(
                path,
                () -> {
                    page.navigate("about:blank");
                    long start = System.nanoTime();
                    page.navigate(gateway.portalUrl() + path);
                    shown.waitFor();
                    return millis(start);
                },
                late);
    }

    private static void opens(String what, LongSupplier once, List<String> late) {
        long[] took = new long[ROUNDS];
        Arrays.setAll(took, round -> once.getAsLong());
        long best = Arrays.stream(took).min().orElseThrow();
        System.out.println(what + " " + best + " ms of " + Arrays.toString(took));
        if (best >= SECOND) {
            late.add(what + " " + best + " ms");
        }
    }

    private long answered(String path) {
        Api carol = gateway.api("carol");
        long start = System.nanoTime();
        assertThat(carol.read(path).status()).isEqualTo(200);
        return millis(start);
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Multiplies one request that was decided and ran; returns one that is open. */
    private String fill() throws Exception {
        String sql = "update orders set note = 'figures' where id = 304";
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        assertThat(Polling.decide(gateway, "bob", approval, "approve").status()).isEqualTo(200);
        assertThat(Psql.finish(psql).exit()).isZero();
        String first = approval.required("id").asText();
        var store = new EmbeddedStore(gateway);
        settle(store, first, "EXECUTED", 80_000);
        settle(store, first, "EXPIRED", 20_000);
        store.run("""
                insert into approval_decision (id, approval, issuer, person, kind, reason, decided_at, accounts, requesters)
                select gen_random_uuid(), a.id, d.issuer, d.person, d.kind, d.reason, a.requested_at + interval '1 minute',
                  d.accounts, d.requesters
                from approval a, approval_decision d
                where d.approval = '%1$s' and a.state = 'EXECUTED' and a.principal_name = 'orders-agent'
                  and not exists (select from approval_decision o where o.approval = a.id)
                """.formatted(first));
        copy(store, first, "PENDING", 1_000, "interval '1 second'", "now() + interval '10 days'");
        store.run("""
                insert into refused_attempt (id, at, issuer, subject, name, agent, attempt, object, reason, message)
                select gen_random_uuid(), now() - n * interval '2 minutes', '%s', 'id-' || n %% 4, 'person-' || n %% 4, false,
                  'DECIDE_APPROVAL', gen_random_uuid(), 'self-approval', 'You answer for this request.'
                from generate_series(1, 20000) n
                """.formatted(gateway.issuer()));
        store.run("""
                insert into act (origin, origin_kind, issuer, person, action, resource, target, principal, task, command,
                  first_at, last_at)
                select gen_random_uuid(), 'SESSION', '%s', 'person-' || n %% 4, 'sql:update', 'public.orders', 'shop',
                  'person-' || n %% 4, '', 1, now() - n * interval '25 seconds', now() - n * interval '25 seconds'
                from generate_series(1, 100000) n
                """.formatted(gateway.issuer()));
        store.run("analyze");
        return store.ask("select id from approval where state = 'PENDING' order by requested_at desc limit 1")
                .getFirst();
    }

    private static void settle(EmbeddedStore store, String of, String state, int count) throws SQLException {
        copy(store, of, state, count, "interval '25 seconds'", "now()");
    }

    private static void copy(EmbeddedStore store, String of, String state, int count, String apart, String expires)
            throws SQLException {
        store.run("""
                insert into approval select r.*
                from approval a cross join generate_series(1, %d) n cross join lateral json_populate_record(a, json_build_object(
                  'id', gen_random_uuid(), 'session', gen_random_uuid(), 'state', '%s', 'deferred', true,
                  'digest', 'sha256:' || md5(n::text) || md5('%2$s' || n),
                  'requested_at', now() - n * %s, 'expires_at', %s + interval '1 minute')) r
                where a.id = '%s'
                """.formatted(count, state, apart, expires, of));
    }
}
