package org.countersign.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.audit.EvidenceRow.Countersignature;
import org.countersign.core.audit.EvidenceRow.Proof;
import org.countersign.core.identity.AccountLines;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Person;
import org.junit.jupiter.api.Test;

class EvidenceRowTest {
    private static final String ISSUER = "https://idp";

    @Test
    void provesThatNobodyIsOnBothSides() {
        EvidenceRow row = row(decided("bob", persons("bob"), persons("alice")));

        assertThat(row.proof()).isEqualTo(Proof.DISJOINT);
        assertThat(row.shared()).isEmpty();
    }

    @Test
    void findsTheSecondAccountOfWhoAsked() {
        EvidenceRow row = row(decided("zoe", persons("zoe", "alice"), persons("olga")));

        assertThat(row.proof()).isEqualTo(Proof.SHARED);
        assertThat(row.shared()).containsExactly("alice");
    }

    @Test
    void findsTheOwnerOfTheTimeOfTheDecision() {
        assertThat(row(decided("bob", persons("bob"), persons("alice", "bob"))).shared())
                .containsExactly("bob");
    }

    @Test
    void findsThePersonWhoDecidedTwice() {
        EvidenceRow row = row(
                decided("bob", persons("bob", "bert"), persons("alice")),
                decided("bert", persons("bert"), persons("alice")));

        assertThat(row.shared()).containsExactly("bert");
    }

    @Test
    void provesNothingFromSetsThatWereNotKept() {
        assertThat(row(decided("bob", persons(), persons())).proof()).isEqualTo(Proof.UNPROVED);
        assertThat(row(decided("bob", persons("bob"), persons())).proof()).isEqualTo(Proof.UNPROVED);
    }

    @Test
    void whatWasLetThroughWithoutADecisionIsNotProved() {
        assertThat(row().proof()).isEqualTo(Proof.UNPROVED);
        assertThat(row("expired").proof()).isEqualTo(Proof.NOBODY_DECIDED);
    }

    @Test
    void readsBackTheAccountsItWrote() {
        Set<Person> persons = persons("alice", "a name with spaces");

        assertThat(AccountLines.parse(AccountLines.of(persons))).isEqualTo(persons);
        assertThat(AccountLines.parse("")).isEmpty();
    }

    private static EvidenceRow row(Countersignature... decisions) {
        return row("executed", decisions);
    }

    private static EvidenceRow row(String outcome, Countersignature... decisions) {
        return new EvidenceRow(
                new UUID(0, 1),
                Instant.EPOCH,
                Optional.empty(),
                new UUID(0, 2),
                new PrincipalView("orders-agent", "agent", Optional.of("alice"), Optional.empty(), List.of()),
                persons("alice"),
                List.of(decisions),
                Optional.empty(),
                "shop",
                "update",
                List.of(),
                List.of(),
                List.of(),
                1,
                outcome,
                "",
                "");
    }

    private static Countersignature decided(String by, Set<Person> accounts, Set<Person> requesters) {
        return new Countersignature(by, Optional.empty(), "approve", "", Instant.EPOCH, accounts, requesters);
    }

    private static Set<Person> persons(String... names) {
        return Arrays.stream(names).map(name -> new Person(ISSUER, name)).collect(Collectors.toSet());
    }
}
