package org.countersign.core.identity;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.countersign.core.CoreSettings;
import org.countersign.core.IntrospectionSettings;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.Secret;

/**
 * Makes connection credentials: one target, some minutes, never longer than the token they were made with. A caller is
 * always somebody with a token, so nobody makes a credential from a credential.
 */
@Stateless
@PermitAll
public class CredentialService {
    static final int MAX_VALID_PER_PRINCIPAL = 100;
    private static final int ID_BYTES = 8;
    private static final Secret NOT_KEPT = new Secret("");

    @Inject
    private Credentials credentials;

    @Inject
    private PolicyBoard board;

    @Inject
    private CoreSettings settings;

    @Inject
    private IntrospectionSettings introspection;

    @Inject
    private Clock clock;

    private final SecureRandom random = new SecureRandom();

    /**
     * Makes a credential for the caller himself.
     *
     * @throws AccessRefusedException as {@link TargetAccess#check} says; 28000 when the caller's token has ended; 54000
     *     when he has too many valid ones
     */
    public CredentialView create(Caller caller, String target) throws AccessRefusedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TargetAccess.check(board.current(), caller.principal(), target, now);
        Instant expiresAt = earlier(now.plus(settings.credentialLifetime()), caller.expiresAt());
        if (!expiresAt.isAfter(now)) {
            throw TokenVerifier.refused("The access token has expired.", "Get a new token and ask again.");
        }
        if (credentials.validOf(caller.principal(), now) >= MAX_VALID_PER_PRINCIPAL) {
            throw new AccessRefusedException(
                    CountersignError.LIMIT_EXCEEDED,
                    "There are " + MAX_VALID_PER_PRINCIPAL + " valid credentials already.",
                    "Use one of them, or wait until one expires.");
        }
        ScramPassword scram = ScramPassword.random(random);
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        var credential =
                new CredentialEntity(HexFormat.of().formatHex(id), caller, target, scram.verifier(), now, expiresAt);
        seal().ifPresent(seal ->
                caller.token().ifPresent(token -> credential.keep(seal.seal(token.text(), credential.id()))));
        credentials.add(credential);
        return new CredentialView(credential.username(), scram.password(), expiresAt);
    }

    /** Returns the verifier of a valid credential, for the exchange with its client. */
    public Optional<ScramVerifier> verifier(String user) {
        return valid(user).map(CredentialEntity::verifier);
    }

    /** Returns what a valid credential stands for, once its client has proved that he knows the password. */
    public Optional<ProvedCredential> proved(String user) {
        return valid(user)
                .flatMap(credential -> token(credential)
                        .map(token -> new ProvedCredential(credential.principal(), credential.target(), token)));
    }

    /** Empty when the identity provider is asked about tokens, but not known about which for this credential. */
    private Optional<AccessToken> token(CredentialEntity credential) {
        Optional<Secret> text = seal().map(
                        seal -> credential.sealedToken().flatMap(kept -> seal.open(kept, credential.id())))
                .orElse(Optional.of(NOT_KEPT));
        return text.map(known -> new AccessToken(known, credential.tokenIssuedAt(), credential.tokenExpiresAt()));
    }

    private Optional<TokenSeal> seal() {
        return introspection.secret().map(TokenSeal::new);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int removeExpired() {
        return credentials.removeExpired(clock.instant());
    }

    private Optional<CredentialEntity> valid(String user) {
        Instant now = clock.instant();
        return credentials.byUser(user).filter(credential -> credential.valid(now));
    }

    private static Instant earlier(Instant one, Instant two) {
        return one.isBefore(two) ? one : two;
    }
}
