package org.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.port.ApprovalDesk;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final Set<String> KNOWN = Set.of("state", "from", "principal", "limit", "after");

    private static Query query(Map<String, List<String>> parameters) {
        return new Query(parameters, KNOWN);
    }

    private static String problems(Query query) {
        return catchThrowableOfType(ProblemException.class, query::check)
                .problem()
                .json()
                .getJsonArray("problems")
                .toString();
    }

    @Test
    void readsWhatIsThere() {
        Query query = query(Map.of(
                "state", List.of("pending"),
                "from", List.of("2026-11-22T10:15:30Z"),
                "principal", List.of("orders-agent"),
                "limit", List.of("7")));

        assertThat(query.constant("state", ApprovalDesk.State.class)).contains(ApprovalDesk.State.PENDING);
        assertThat(query.time("from")).contains(Instant.parse("2026-11-22T10:15:30Z"));
        assertThat(query.text("principal")).contains("orders-agent");
        assertThat(query.limit()).isEqualTo(7);
        assertThat(query.text("after")).isEmpty();
        assertThatCode(query::check).doesNotThrowAnyException();
    }

    @Test
    void takesAnEmptyValueForNone() {
        Query query = query(Map.of("state", List.of(""), "limit", List.of("")));

        assertThat(query.constant("state", ApprovalDesk.State.class)).isEmpty();
        assertThat(query.limit()).isEqualTo(50);
        assertThatCode(query::check).doesNotThrowAnyException();
    }

    @Test
    void namesEveryParameterThatIsWrong() {
        Query query = query(Map.of(
                "state",
                List.of("PENDING"),
                "from",
                List.of("yesterday"),
                "limit",
                List.of("0"),
                "stat",
                List.of("x")));
        query.constant("state", ApprovalDesk.State.class);
        query.time("from");
        query.limit();

        assertThat(problems(query))
                .contains("\"field\":\"stat\"", "\"field\":\"state\"", "\"field\":\"from\"", "\"field\":\"limit\"")
                .contains("pending, approved, rejected, expired, withdrawn, executed, failed")
                .contains("allowed: after, from, limit, principal, state");
    }

    @Test
    void refusesWhatTheStoreCannotHold() {
        Query query = query(Map.of(
                "from",
                List.of("-1000000000-01-01T00:00:00Z"),
                "to",
                List.of("+1000000000-12-31T23:59:59Z"),
                "principal",
                List.of("a\0b")));
        query.time("from");
        query.time("to");
        query.text("principal");

        assertThat(problems(query)).contains("\"field\":\"from\"", "\"field\":\"to\"", "\"field\":\"principal\"");
    }

    @Test
    void refusesLimitsThatAreNone() {
        for (String limit : List.of("201", "-1", "1e2", "99999999999", "ten", " 5")) {
            Query query = query(Map.of("limit", List.of(limit)));
            query.limit();
            assertThat(problems(query)).contains("from 1 to 200");
        }
    }

    @Test
    void refusesAParameterGivenTwiceOrTooLong() {
        Query twice = query(Map.of("principal", List.of("a", "b")));
        twice.text("principal");
        assertThat(problems(twice)).contains("more than once");

        Query endless = query(Map.of("principal", List.of("a".repeat(501))));
        endless.text("principal");
        assertThat(problems(endless)).contains("longer than 500");
    }
}
