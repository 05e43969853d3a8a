package org.countersign.core.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/** A connection credential: the verifier of its password, and everything the token said that it was made with. */
@Entity
@Table(name = "credential")
public class CredentialEntity {
    @Id
    private String id;

    private String username;

    @Column
    private String issuer;

    @Column
    private String subject;

    private String principal;
    private String target;
    private byte[] salt;
    private int iterations;

    @Column(name = "stored_key")
    private byte[] storedKey;

    @Column(name = "server_key")
    private byte[] serverKey;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "token_expires_at")
    private Instant tokenExpiresAt;

    @Column
    private byte @Nullable [] token;

    @Column(name = "token_issued_at")
    private @Nullable Instant tokenIssuedAt;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected CredentialEntity() {}

    CredentialEntity(
            String id, Caller caller, String target, ScramVerifier verifier, Instant createdAt, Instant expiresAt) {
        Principal who = caller.principal();
        this.id = id;
        this.username = who.name() + "#" + id;
        this.issuer = who.issuer();
        this.subject = who.subject();
        this.principal = PrincipalJson.of(who);
        this.target = target;
        this.salt = verifier.salt().clone();
        this.iterations = verifier.iterations();
        this.storedKey = verifier.storedKey().clone();
        this.serverKey = verifier.serverKey().clone();
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.tokenExpiresAt = caller.expiresAt();
        this.tokenIssuedAt = caller.token().map(AccessToken::issuedAt).orElse(createdAt);
    }

    /** @param sealed the token it was made with */
    void keep(byte[] sealed) {
        token = sealed.clone();
    }

    Optional<byte[]> sealedToken() {
        return Optional.ofNullable(token).map(byte[]::clone);
    }

    /** When the token was issued that it was made with. */
    Instant tokenIssuedAt() {
        return tokenIssuedAt == null ? createdAt : tokenIssuedAt;
    }

    String id() {
        return id;
    }

    String username() {
        return username;
    }

    boolean valid(Instant now) {
        return now.isBefore(expiresAt);
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /** When the token ends that it was made with. */
    Instant tokenExpiresAt() {
        return tokenExpiresAt;
    }

    String target() {
        return target;
    }

    Principal principal() {
        return PrincipalJson.parse(principal);
    }

    ScramVerifier verifier() {
        return new ScramVerifier(salt.clone(), iterations, storedKey.clone(), serverKey.clone());
    }
}
