package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.countersign.core.TickingClock;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestIssuer issuer = new TestIssuer();
    private final TickingClock clock = new TickingClock(NOW);
    private final TokenVerifier verifier =
            new TokenVerifier(issuer.settings(), new IssuerKeys(new IssuerDocuments(issuer.url()), clock), clock);

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    @Test
    void tellsWhoAPersonIs() throws AccessRefusedException {
        VerifiedToken token = verify(issuer.person("Bob", NOW));

        Principal bob = token.principal();
        assertThat(bob.name()).isEqualTo("bob");
        assertThat(bob.agent()).isFalse();
        assertThat(bob.subject()).isEqualTo("subject-of-Bob");
        assertThat(bob.realmRoles()).containsExactly("approver");
        assertThat(bob.groups()).containsExactly("/support");
        assertThat(bob.client()).isEqualTo("countersign-cli");
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void notesWhatTellsThatTwoAccountsAreOnePersons() throws AccessRefusedException {
        var claims =
                issuer.person("Bob", NOW).claim("email", " Bob@Example.org").claim("employee_number", "4711");

        AccountMarks marks =
                verify(claims.claim("email_verified", true)).marks().orElseThrow();
        assertThat(marks.account()).isEqualTo(new Person(issuer.url().toString(), "bob"));
        assertThat(marks.values())
                .containsEntry(AccountMarks.Kind.SUBJECT, issuer.url() + " subject-of-Bob")
                .containsEntry(AccountMarks.Kind.EMAIL, "bob@example.org")
                .containsEntry(AccountMarks.Kind.EMPLOYEE_NUMBER, "4711");
        assertThat(verify(claims.claim("email_verified", false))
                        .marks()
                        .orElseThrow()
                        .verifiedEmail())
                .isEmpty();
        assertThat(verify(claims.claim("email_verified", "true"))
                        .marks()
                        .orElseThrow()
                        .verifiedEmail())
                .isEmpty();
    }

    @Test
    void notesThePersonForWhomAnAgentActsButNoAccountOfAProgram() throws AccessRefusedException {
        var exchanged = issuer.person("bob", NOW).claim("azp", "orders-agent").claim("owner", "alice");

        assertThat(verify(exchanged).marks().orElseThrow().account().name()).isEqualTo("bob");
        assertThat(verify(issuer.agent("orders-agent", "alice", NOW)).marks()).isEmpty();
    }

    @Test
    void tellsWhoAnAgentIsAndWhoOwnsIt() throws AccessRefusedException {
        Principal agent = verify(issuer.agent("orders-agent", "Alice", NOW)).principal();

        assertThat(agent.agent()).isTrue();
        assertThat(agent.name()).isEqualTo("orders-agent");
        assertThat(agent.owner()).contains(new Person(issuer.url().toString(), "alice"));
        assertThat(agent.onBehalfOf()).isEmpty();
    }

    @Test
    void takesATokenOfAnyOtherClientForItsAgentOnBehalfOfThePerson() throws AccessRefusedException {
        Principal agent = verify(
                        issuer.person("bob", NOW).claim("azp", "orders-agent").claim("owner", "alice"))
                .principal();

        assertThat(agent.agent()).isTrue();
        assertThat(agent.name()).isEqualTo("orders-agent");
        assertThat(agent.responsiblePersons()).extracting(Person::name).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void takesAnExchangedTokenThatPosesAsAPersonForAnAgent() throws AccessRefusedException {
        Principal agent = verify(issuer.person("bob", NOW)
                        .claim("owner", "alice")
                        .claim(
                                "act",
                                Map.of(
                                        "sub",
                                        "s1",
                                        "client_id",
                                        "orders-agent",
                                        "act",
                                        Map.of("sub", "s2", "preferred_username", "frank"))))
                .principal();

        assertThat(agent.agent()).isTrue();
        assertThat(agent.act()).containsExactly(new Actor("s1", "orders-agent"), new Actor("s2", "frank"));
        assertThat(agent.onBehalfOf()).map(Person::name).contains("bob");
        assertThat(agent.responsiblePersons()).extracting(Person::name).contains("alice", "bob", "frank");
    }

    @Test
    void knowsAnActorThatIsAServiceAccountByItsClient() throws AccessRefusedException {
        Principal agent = verify(issuer.agent("sub-agent", "alice", NOW)
                        .claim(
                                "act",
                                Map.of(
                                        "sub",
                                        "s1",
                                        "preferred_username",
                                        "service-account-orders-agent",
                                        "act",
                                        Map.of(
                                                "sub",
                                                "s2",
                                                "client_id",
                                                "Deploy-Agent",
                                                "preferred_username",
                                                "Service-Account-deploy-agent"))))
                .principal();

        assertThat(agent.act()).containsExactly(new Actor("s1", "orders-agent"), new Actor("s2", "Deploy-Agent"));
    }

    @Test
    void refusesAnExchangedTokenWithoutOwner() {
        assertRefused(sign(issuer.person("bob", NOW).claim("act", Map.of("sub", "s1"))), "no owner");
    }

    @Test
    void refusesAnActChainThatCannotBeRead() {
        assertRefused(sign(issuer.person("bob", NOW).claim("act", "orders-agent")), "act chain");
        assertRefused(sign(issuer.person("bob", NOW).claim("act", Map.of("name", "x"))), "act chain");
        Map<String, Object> chain = Map.of("sub", "s");
        for (int depth = 0; depth < 20; depth++) {
            chain = Map.of("sub", "s", "act", chain);
        }
        assertRefused(sign(issuer.person("bob", NOW).claim("act", chain)), "act chain");
    }

    @Test
    void refusesAnAgentWhoseOwnerIsNoPerson() {
        assertRefused(sign(issuer.agent("orders-agent", " ", NOW)), "claim owner cannot be read");
        assertRefused(sign(issuer.agent("orders-agent", null, NOW)), "no owner");
        assertRefused(sign(issuer.agent("orders-agent", "orders-agent", NOW)), "is not a person");
        assertRefused(sign(issuer.agent("orders-agent", "Service-Account-deploy-agent", NOW)), "is not a person");
        assertRefused(
                sign(issuer.agent("orders-agent", "x", NOW).claim("owner", List.of("alice"))),
                "claim owner cannot be read");
    }

    @Test
    void takesAClientIdForTheSignOfAServiceAccount() throws AccessRefusedException {
        Principal agent = verify(issuer.person("bob", NOW)
                        .claim("client_id", "countersign-cli")
                        .claim("owner", "alice"))
                .principal();

        assertThat(agent.agent()).isTrue();
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThat(refusal("orders-agent-demo").error()).isEqualTo(CountersignError.WRONG_PASSWORD);
        assertThat(refusal("").error()).isEqualTo(CountersignError.WRONG_PASSWORD);
        assertThat(refusal("a.b.c").error()).isEqualTo(CountersignError.WRONG_PASSWORD);
        assertThat(refusal("x".repeat(20_000)).error()).isEqualTo(CountersignError.WRONG_PASSWORD);
    }

    @Test
    void refusesATokenWithNoneAlgorithm() {
        assertRefused(new PlainJWT(issuer.person("bob", NOW).build()).serialize(), "unsigned");
    }

    @Test
    void refusesATokenWhoseSignatureWasCutOff() {
        String token = sign(issuer.person("bob", NOW));

        assertRefused(token.substring(0, token.lastIndexOf('.') + 1), "unsigned");
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsAnHmacSecret() throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(),
                issuer.person("bob", NOW).build());
        jwt.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));

        assertRefused(jwt.serialize(), "algorithm is not accepted");
    }

    @Test
    void refusesATokenOfAnotherKeyUnderTheKnownId() {
        assertRefused(TestIssuer.sign(issuer.person("bob", NOW).build(), TestIssuer.key("key-1")), "bad signature");
    }

    @Test
    void refusesATokenThatBringsItsOwnKey() throws JOSEException {
        var own = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("key-1")
                        .jwk(own.toPublicJWK())
                        .build(),
                issuer.person("bob", NOW).build());
        jwt.sign(new ECDSASigner(own));

        assertRefused(jwt.serialize(), "bad signature");
    }

    @Test
    void refusesATokenWhoseClaimsWereChanged() {
        String[] signed = sign(issuer.person("bob", NOW)).split("\\.", -1);
        String[] other = sign(issuer.person("erin", NOW)).split("\\.", -1);

        assertRefused(signed[0] + "." + other[1] + "." + signed[2], "bad signature");
    }

    @Test
    void refusesAForeignIssuer() {
        assertRefused(sign(issuer.person("bob", NOW).issuer("http://localhost:8180/realms/corp")), "foreign issuer");
        assertRefused(sign(issuer.person("bob", NOW).issuer(null)), "foreign issuer");
        assertRefused(sign(issuer.person("bob", NOW).issuer(issuer.url() + "/")), "foreign issuer");
    }

    @Test
    void refusesAWrongAudience() {
        assertRefused(sign(issuer.person("bob", NOW).audience("account")), "wrong audience: account.");
        assertRefused(sign(issuer.person("bob", NOW).audience((String) null)), "wrong audience: none.");
    }

    @Test
    void refusesATokenAfterItsTimeAndTheSkew() throws AccessRefusedException {
        String token = sign(issuer.person("bob", NOW));
        clock.tick(Duration.ofSeconds(329));
        verifier.verify(new Secret(token));
        clock.tick(Duration.ofSeconds(1));

        assertRefused(token, "has expired: it was valid until " + NOW.plusSeconds(300));
    }

    @Test
    void takesATokenOfTwentyThousandCharactersAndNoneThatNoDriverCanSend() throws AccessRefusedException {
        String token = sign(issuer.person("bob", NOW).claim("padding", "x".repeat(15_000)));
        assertThat(token).hasSizeGreaterThan(20_000);
        verifier.verify(new Secret(token));
        assertThat(refusal("x".repeat(65_531))).hasMessageContaining("longer than any access token");
    }

    @Test
    void refusesATokenBeforeItsTime() {
        Date late = Date.from(NOW.plusSeconds(31));

        assertRefused(sign(issuer.person("bob", NOW).notBeforeTime(late)), "not valid yet");
        assertRefused(sign(issuer.person("bob", NOW).issueTime(late)), "not valid yet");
    }

    @Test
    void refusesATokenWithoutTimes() {
        assertRefused(sign(issuer.person("bob", NOW).expirationTime(null)), "does not say when");
        assertRefused(sign(issuer.person("bob", NOW).issueTime(null)), "does not say when");
    }

    @Test
    void refusesIdAndRefreshTokens() {
        assertRefused(sign(issuer.person("bob", NOW).claim("typ", "ID")), "not an access token");
        assertRefused(sign(issuer.person("bob", NOW).claim("typ", "Refresh")), "not an access token");
        assertRefused(sign(issuer.person("bob", NOW).claim("typ", null)), "not an access token");
    }

    @Test
    void takesTheNewKeyAfterARotationButAsksOnlyNowAndThen() throws AccessRefusedException {
        verify(issuer.person("bob", NOW));
        String old = sign(issuer.person("bob", NOW));
        issuer.rotate("key-2");
        String fresh = sign(issuer.person("bob", NOW));
        assertRefused(fresh, "no such key");
        assertThat(issuer.fetches()).isEqualTo(1);

        clock.tick(IssuerKeys.PAUSE);
        verifier.verify(new Secret(fresh));

        assertThat(issuer.fetches()).isEqualTo(2);
        assertRefused(old, "no such key");
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void goesOnWithKnownKeysWhileTheIssuerIsDown() throws AccessRefusedException {
        verify(issuer.person("bob", NOW));
        issuer.goDown();
        clock.tick(IssuerKeys.REFRESH_AFTER.plusSeconds(1));

        verify(issuer.person("bob", clock.instant()));
    }

    @Test
    void forgetsKeysThatTheIssuerHasNotConfirmedForADay() throws AccessRefusedException {
        verify(issuer.person("bob", NOW));
        issuer.goDown();
        clock.tick(IssuerKeys.FORGET_AFTER.plusSeconds(1));

        assertRefused(sign(issuer.person("bob", clock.instant())), "identity provider is unreachable");
    }

    @Test
    void refusesEverybodyWhenTheIssuerWasNeverReached() {
        issuer.goDown();

        assertRefused(sign(issuer.person("bob", NOW)), "identity provider is unreachable");
    }

    private VerifiedToken verify(JWTClaimsSet.Builder claims) throws AccessRefusedException {
        return verifier.verify(new Secret(sign(claims)));
    }

    private String sign(JWTClaimsSet.Builder claims) {
        return issuer.sign(claims.build());
    }

    private AccessRefusedException refusal(String token) {
        AccessRefusedException refused =
                catchThrowableOfType(AccessRefusedException.class, () -> verifier.verify(new Secret(token)));
        assertThat(refused).isNotNull();
        if (token.length() > 20) {
            assertThat(refused.getMessage() + refused.hint())
                    .doesNotContain(token)
                    .doesNotContain(
                            token.substring(token.lastIndexOf('.') + 1).isEmpty()
                                    ? token
                                    : token.substring(token.lastIndexOf('.') + 1));
        }
        return refused;
    }

    private void assertRefused(String token, String message) {
        AccessRefusedException refused = refusal(token);
        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.error()).isEqualTo(CountersignError.NOT_SIGNED_IN);
    }
}
