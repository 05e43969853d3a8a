package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.identity.TestPrincipals.ISSUER;
import static org.countersign.core.identity.TestPrincipals.agent;
import static org.countersign.core.identity.TestPrincipals.agentFor;
import static org.countersign.core.identity.TestPrincipals.person;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class SuspensionTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T10:15:30.123456Z");
    private final Suspension alice = of("alice", Optional.of("subject-of-alice"));

    @Test
    void coversThePersonWhateverHeIsCalledNow() {
        assertThat(alice.covers(person("alice"))).isTrue();
        assertThat(alice.covers(person("bob"))).isFalse();
        Principal renamed = new Principal(
                ISSUER,
                "subject-of-alice",
                "alicia",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                "countersign-cli",
                Optional.empty());
        assertThat(alice.covers(renamed)).isTrue();
        assertThat(of("alice", Optional.empty()).covers(renamed)).isFalse();
    }

    @Test
    void coversTheAgentsAPersonOwnsAndThoseThatActForHim() {
        assertThat(alice.covers(agent("orders-agent", "alice"))).isTrue();
        assertThat(alice.covers(agentFor("support-agent", "frank", "alice"))).isTrue();
        assertThat(alice.covers(agent("support-agent", "frank"))).isFalse();
    }

    @Test
    void coversWhomeverItsPersonAnswersForByAnotherAccount() {
        assertThat(alice.covers(person("alice-private"), Set.of(new Person(ISSUER, "alice"))))
                .isTrue();
        assertThat(alice.covers(person("alice-private"), Set.of(new Person("http://elsewhere", "alice"))))
                .isFalse();
    }

    @Test
    void coversEveryTokenThatWentThroughItsHands() {
        Suspension agent = of("relay-agent", Optional.of("subject-of-relay-agent"));
        assertThat(agent.covers(through(new Actor("subject-of-relay-agent", "another name"))))
                .isTrue();
        assertThat(agent.covers(through(new Actor("another subject", "Relay-Agent"))))
                .isTrue();
        assertThat(agent.covers(through(new Actor("another subject", "another name"))))
                .isFalse();
    }

    @Test
    void agentTakesNeitherItsOwnerNorItsSiblingsAlong() {
        Suspension agent = of("orders-agent", Optional.of("subject-of-orders-agent"));
        assertThat(agent.covers(agent("Orders-Agent", "alice"))).isTrue();
        assertThat(agent.covers(person("alice"))).isFalse();
        assertThat(agent.covers(agent("deploy-agent", "alice"))).isFalse();
    }

    @Test
    void namesakeOfAnotherIssuerIsNotMeant() {
        assertThat(new Suspension("http://elsewhere", "alice", Optional.of("subject-of-alice"), "erin", SINCE)
                        .covers(person("alice")))
                .isFalse();
    }

    @Test
    void refusalSaysWhoSinceWhenAndWhomToAsk() {
        AccessRefusedException himself = alice.refusal(person("alice"));
        assertThat(himself.error()).isEqualTo(CountersignError.NOT_SIGNED_IN);
        assertThat(himself).hasMessage("alice is suspended since 2026-11-22T10:15:30Z.");
        assertThat(himself.hint()).isEqualTo("Ask erin or another administrator.");
        assertThat(alice.refusal(agent("orders-agent", "alice")))
                .hasMessage("orders-agent cannot sign in: alice is suspended since 2026-11-22T10:15:30Z.");
    }

    private static Suspension of(String name, Optional<String> subject) {
        return new Suspension(ISSUER, name, subject, "erin", SINCE);
    }

    private static Principal through(Actor actor) {
        return agent("last-agent", "subject-of-last-agent", "frank", Optional.empty(), List.of(actor));
    }
}
