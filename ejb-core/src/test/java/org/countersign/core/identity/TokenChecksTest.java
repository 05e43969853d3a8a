package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.core.IntrospectionSettings;
import org.countersign.core.TickingClock;
import org.countersign.core.identity.TokenStanding.AsIssued;
import org.countersign.core.identity.TokenStanding.Revoked;
import org.countersign.core.identity.TokenStanding.Unconfirmed;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TokenChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Secret SECRET = new Secret("s%cret");

    private final TestIssuer issuer = new TestIssuer();
    private final TickingClock clock = new TickingClock(NOW);
    private final AccessToken old = token("old", NOW.minusSeconds(30));
    private final TokenChecks checks = checks(Optional.of(SECRET));

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    @Test
    void asksNobodyUnlessToldHow() {
        issuer.says("old", Map.of("active", false));

        assertThat(checks(Optional.empty()).of(old)).isEqualTo(new AsIssued());
        assertThat(issuer.questions()).isEmpty();
    }

    @Test
    void takesANewTokenAtItsWordForOneInterval() {
        issuer.says("new", Map.of("active", false));
        AccessToken fresh = token("new", NOW);

        assertThat(checks.of(fresh)).isEqualTo(new AsIssued());
        clock.tick(INTERVAL);
        assertThat(checks.of(fresh)).isEqualTo(new Revoked());
        assertThat(checks.of(token("new", NOW.plusSeconds(60)))).isEqualTo(new Revoked());
    }

    @Test
    void asksOncePerIntervalAsTheGatewaysOwnClient() {
        issuer.says("old", Map.of("active", true));

        checks.of(old);
        clock.tick(INTERVAL.minusMillis(1));
        checks.of(old);
        assertThat(issuer.questions())
                .containsExactly("Basic Y291bnRlcnNpZ24tYXBpOnMlMjVjcmV0 token=old&token_type_hint=access_token");
        clock.tick(Duration.ofMillis(1));
        checks.of(old);
        assertThat(issuer.questions()).hasSize(2);
    }

    @Test
    void leavesWhatBothTheTokenAndTheIdentityProviderSay() throws AccessRefusedException {
        issuer.says("old", answer(List.of("approver", "auditor"), "x"));
        Principal bob = TestPrincipals.person("bob", "approver", "admin");

        assertThat(checks.of(old).limit(bob).realmRoles()).containsExactly("approver");
        assertThat(checks.farewell(bob, old)).hasValue("The session was ended: bob no longer has the role admin.");
        assertThat(checks.farewell(TestPrincipals.person("bob", "approver"), old))
                .isEmpty();
    }

    @Test
    void groupsAreLostLikeRoles() {
        issuer.says("old", Map.of("active", true));
        Principal bob = TestPrincipals.person("bob", "admin", "approver");
        var member = new Principal(
                bob.issuer(),
                bob.subject(),
                bob.name(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                bob.realmRoles(),
                Set.of("support"),
                bob.client(),
                Optional.empty());

        assertThat(checks.farewell(member, old))
                .hasValue("The session was ended: bob no longer has the roles admin, approver and the group support.");
    }

    @Test
    void anotherOwnerMakesItAnotherAgent() {
        issuer.says("old", answer(List.of("admin"), "Olga"));
        assertThat(checks.farewell(TestPrincipals.agent("bot", "olga"), old)).isEmpty();

        Principal sold = TestPrincipals.agent("bot", "oscar");
        assertThat(checks.farewell(sold, old)).hasValue("The session was ended: the agent bot has another owner now.");
        assertThatThrownBy(() -> checks.of(old).limit(sold))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining("another owner");
    }

    @Test
    void revokedTokenIsWorthNothing() {
        issuer.says("old", Map.of("active", false));
        Principal bob = TestPrincipals.person("bob");

        assertThat(checks.farewell(bob, old))
                .hasValue("The session was ended: the identity provider has revoked the sign-in of bob.");
        assertThatThrownBy(() -> checks.of(old).limit(bob))
                .hasMessage("The identity provider has revoked the access token.");
    }

    @Test
    void silenceIsBorneForAWhileAndThenNothingIsLeft() {
        issuer.says("old", answer(List.of("approver"), "x"));
        TokenStanding known = checks.of(old);
        issuer.goDown();

        clock.tick(PATIENCE.minusMillis(1));
        assertThat(checks.of(old)).isEqualTo(known);
        clock.tick(Duration.ofMillis(1));
        assertThat(checks.of(old)).isEqualTo(new Unconfirmed(NOW));
        assertThat(checks.farewell(TestPrincipals.person("bob"), old))
                .hasValue("The session was ended: the identity provider has not confirmed the sign-in of bob since"
                        + " 2026-11-22T10:00:00Z.");
    }

    @Test
    void tokenNobodyEverConfirmedIsBorneFromItsIssue() throws IOException {
        issuer.goDown();

        assertThat(checks.of(token("known", NOW.minusSeconds(59)))).isEqualTo(new AsIssued());
        assertThat(checks.of(token("older", NOW.minusSeconds(60)))).isEqualTo(new Unconfirmed(NOW.minusSeconds(60)));
    }

    @Test
    @Timeout(30)
    void anAnswerThatNeverEndsIsNoAnswer() {
        issuer.stall();

        assertThat(checks.of(old)).isEqualTo(new AsIssued());
        clock.tick(PATIENCE);
        assertThat(checks.of(old)).isEqualTo(new Unconfirmed(NOW.minusSeconds(30)));
    }

    @Test
    void oneTokenThatGetsNoAnswerSilencesNoOther() {
        issuer.says("old", Map.of("active", false));

        assertThat(checks.of(token("odd", NOW.minusSeconds(30)))).isEqualTo(new AsIssued());
        assertThat(checks.of(old)).isEqualTo(new Revoked());
    }

    @Test
    void aRoundAsksAboutSeveralTokensAtOnceAndAboutEachOnce() {
        var proofs = new HashMap<SessionId, SessionProofs.Proof>();
        for (int i = 0; i < 32; i++) {
            issuer.says("token-" + i, Map.of("active", i != 7));
            AccessToken token = token("token-" + i, NOW.minusSeconds(30));
            proofs.put(SessionId.random(), new SessionProofs.Proof(TestPrincipals.person("p" + i), token));
            proofs.put(SessionId.random(), new SessionProofs.Proof(TestPrincipals.person("p" + i), token));
        }
        issuer.wantsAtOnce(8);
        var lost = new ConcurrentHashMap<SessionId, String>();

        new TokenRound(checks, clock).ask(proofs, lost::put);

        assertThat(issuer.questions()).hasSize(32);
        assertThat(lost)
                .hasSize(2)
                .allSatisfy((session, why) ->
                        assertThat(why).endsWith("the identity provider has revoked the sign-in of p7."));
    }

    private TokenChecks checks(Optional<Secret> secret) {
        return new TokenChecks(
                new IntrospectionSettings("countersign-api", secret, INTERVAL, PATIENCE),
                secret.map(known -> new Introspection(new IssuerDocuments(issuer.url()), "countersign-api", known)),
                clock);
    }

    private static Map<String, Object> answer(List<String> roles, String owner) {
        return Map.of("active", true, "realm_access", Map.of("roles", roles), "owner", owner);
    }

    private static AccessToken token(String text, Instant issuedAt) {
        return new AccessToken(new Secret(text), issuedAt, NOW.plusSeconds(600));
    }
}
