package org.countersign.core.identity;

import java.time.Instant;
import java.util.Optional;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;

/**
 * What a token said, after its signature and times were found good.
 *
 * @param signIn how the person whose account it is signed in
 * @param facts about the person who uses it himself; empty for every program
 * @param marks of the person whose account it is; empty for a program's own account
 */
record VerifiedToken(
        Principal principal,
        SignIn signIn,
        Optional<AccountFacts> facts,
        Optional<AccountMarks> marks,
        AccessToken token) {
    Instant expiresAt() {
        return token.expiresAt();
    }

    /** The same token, as far as the identity provider still stands by it. */
    VerifiedToken limited(TokenStanding standing) throws AccessRefusedException {
        Principal limited = standing.limit(principal);
        return new VerifiedToken(
                limited,
                signIn,
                facts.map(known -> new AccountFacts(
                        known.account(), known.manager(), limited.realmRoles(), limited.groups(), known.issuedAt())),
                marks,
                token);
    }
}
