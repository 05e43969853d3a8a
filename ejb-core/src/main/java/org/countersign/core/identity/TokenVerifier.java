package org.countersign.core.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.countersign.core.CoreSettings;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Secret;

/**
 * Decides whether a text is an access token of our issuer, for us, now. What it says is believed only after the
 * signature was verified with a key that the issuer publishes; the sole earlier look, at the issuer's name, chooses
 * between two refusals. No message ever quotes the token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token best current practices</a>
 */
public final class TokenVerifier {
    /** What fits into a password message of PostgreSQL's protocol, the largest any of its clients can send. */
    static final int MAX_TOKEN_CHARACTERS = 65_530;

    static final Duration SKEW = Duration.ofSeconds(30);
    private static final int MAX_SHOWN = 5;
    private static final int MIN_RSA_BITS = 2048;
    private static final String NEW_TOKEN = "Get a new token and connect again.";

    private final CoreSettings settings;
    private final IssuerKeys keys;
    private final Clock clock;

    TokenVerifier(CoreSettings settings, IssuerKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    VerifiedToken verify(Secret token) throws AccessRefusedException {
        SignedJWT jwt = signed(token.reveal());
        JWTClaimsSet claims = claims(jwt);
        if (!settings.issuer().toString().equals(claims.getIssuer())) {
            throw refused("The access token comes from a foreign issuer.", "Sign in at " + settings.issuer() + ".");
        }
        verifySignature(jwt);
        checkUse(jwt, claims);
        Instant expiresAt = checkTimes(claims);
        String issuer = settings.issuer().toString();
        return new VerifiedToken(
                PrincipalClaims.principal(issuer, claims),
                PrincipalClaims.signIn(claims, clock.instant().plus(SKEW)),
                PrincipalClaims.facts(issuer, claims),
                PrincipalClaims.marks(issuer, claims),
                new AccessToken(token, claims.getIssueTime().toInstant(), expiresAt));
    }

    private static SignedJWT signed(String text) throws AccessRefusedException {
        if (text.length() > MAX_TOKEN_CHARACTERS) {
            throw noToken("The password is longer than any access token.");
        }
        JWT jwt;
        try {
            if (text.endsWith(".")) {
                throw refused("The access token is unsigned.", NEW_TOKEN);
            }
            jwt = JWTParser.parse(text);
        } catch (ParseException | RuntimeException e) {
            throw noToken("The password is not an access token.");
        }
        if (jwt instanceof PlainJWT) {
            throw refused("The access token is unsigned.", NEW_TOKEN);
        }
        if (!(jwt instanceof SignedJWT signed)) {
            throw refused("The access token is encrypted, which is not supported.", NEW_TOKEN);
        }
        return signed;
    }

    private static JWTClaimsSet claims(SignedJWT jwt) throws AccessRefusedException {
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException | RuntimeException e) {
            throw noToken("The access token's claims cannot be read.");
        }
        throw noToken("The access token has no claims.");
    }

    private void verifySignature(SignedJWT jwt) throws AccessRefusedException {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm) || JWSAlgorithm.Family.ED.contains(algorithm)) {
            throw badSignature("its algorithm is not accepted");
        }
        String id = jwt.getHeader().getKeyID();
        if (id == null) {
            throw badSignature("it names no key");
        }
        Optional<JWK> key;
        try {
            key = keys.find(id);
        } catch (IdentityProviderUnreachableException e) {
            throw refused(
                    "The identity provider is unreachable, so the access token cannot be verified.",
                    "Try again when " + settings.issuer() + " answers.");
        }
        if (key.isEmpty()) {
            throw badSignature("the issuer has no such key");
        }
        try {
            JWSVerifier verifier = verifier(key.get());
            if (!verifier.supportedJWSAlgorithms().contains(algorithm) || !jwt.verify(verifier)) {
                throw badSignature("it does not fit the issuer's key");
            }
        } catch (JOSEException | RuntimeException e) {
            throw badSignature("it does not fit the issuer's key");
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa when rsa.size() >= MIN_RSA_BITS -> new RSASSAVerifier(rsa.toRSAPublicKey());
            case ECKey elliptic -> new ECDSAVerifier(elliptic.toECPublicKey());
            default -> throw new JOSEException("not a key we verify with");
        };
    }

    /** An ID token and a refresh token are signed by the same issuer but are not meant for a resource. */
    private void checkUse(SignedJWT jwt, JWTClaimsSet claims) throws AccessRefusedException {
        var headerType = jwt.getHeader().getType();
        boolean accessToken = claims.getClaim("typ") instanceof String typ
                ? typ.equalsIgnoreCase("Bearer")
                : headerType != null && headerType.getType().equalsIgnoreCase("at+jwt");
        if (!accessToken) {
            throw refused(
                    "This is a token of the issuer, but not an access token.",
                    "Send the access token, not the ID or refresh token.");
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw refused(
                    "The access token is for a wrong audience: " + audiences(claims) + ".",
                    "Ask for a token with the audience " + settings.audience() + ".");
        }
    }

    private static String audiences(JWTClaimsSet claims) {
        return claims.getAudience().isEmpty()
                ? "none"
                : claims.getAudience().stream()
                        .filter(Objects::nonNull)
                        .limit(MAX_SHOWN)
                        .collect(Collectors.joining(", "));
    }

    private Instant checkTimes(JWTClaimsSet claims) throws AccessRefusedException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        Date notBefore = claims.getNotBeforeTime();
        if (expires == null || issued == null) {
            throw refused("The access token does not say when it was issued or when it expires.", NEW_TOKEN);
        }
        Instant expiresAt = expires.toInstant();
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            throw refused(
                    "The access token has expired: it was valid until " + expiresAt.truncatedTo(ChronoUnit.SECONDS)
                            + ".",
                    NEW_TOKEN);
        }
        Instant latest = now.plus(SKEW);
        if (issued.toInstant().isAfter(latest)
                || (notBefore != null && notBefore.toInstant().isAfter(latest))) {
            throw refused("The access token is not valid yet.", "Compare the clocks of the issuer and the gateway.");
        }
        return expiresAt;
    }

    private static AccessRefusedException badSignature(String why) {
        return refused("The access token has a bad signature: " + why + ".", NEW_TOKEN);
    }

    private static AccessRefusedException noToken(String message) {
        return new AccessRefusedException(
                CountersignError.WRONG_PASSWORD, message, "The password is an OIDC access token of the user.");
    }

    static AccessRefusedException refused(String message, String hint) {
        return new AccessRefusedException(CountersignError.NOT_SIGNED_IN, message, hint);
    }
}
