package org.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.countersign.model.port.Secret;
import org.junit.jupiter.api.Test;

class BearerTokenTest {
    @Test
    void takesTheTokenOfTheAuthorizationHeader() {
        for (String header : List.of("Bearer aaa.b-b_b.ccc", "bearer aaa.b-b_b.ccc", "BEARER   aaa.b-b_b.ccc ")) {
            assertThat(BearerToken.of(List.of(header), Set.of()))
                    .isEqualTo(new BearerToken.Present(new Secret("aaa.b-b_b.ccc")));
        }
    }

    @Test
    void findsNone() {
        assertThat(BearerToken.of(List.of(), Set.of("limit"))).isEqualTo(new BearerToken.Absent());
    }

    @Test
    void refusesATokenInTheAddress() {
        assertThat(BearerToken.of(List.of("Bearer a"), Set.of("access_token")))
                .isInstanceOf(BearerToken.Misplaced.class);
    }

    @Test
    void refusesEverythingElseWithoutQuotingIt() {
        for (String header : List.of(
                "Basic aHVudGVyMg==",
                "Bearer",
                "Bearer ",
                "Bearer hunter2 hunter2",
                "Bearer hunter2,",
                "hunter2",
                "")) {
            assertThat(BearerToken.of(List.of(header), Set.of()))
                    .isInstanceOfSatisfying(
                            BearerToken.Misplaced.class,
                            misplaced -> assertThat(misplaced.why()).doesNotContain("hunter2"));
        }
        assertThat(BearerToken.of(List.of("Bearer a", "Bearer b"), Set.of())).isInstanceOf(BearerToken.Misplaced.class);
        assertThat(BearerToken.of(List.of("Bearer " + "a".repeat(BearerToken.MAX_LENGTH)), Set.of()))
                .isInstanceOf(BearerToken.Misplaced.class);
    }
}
