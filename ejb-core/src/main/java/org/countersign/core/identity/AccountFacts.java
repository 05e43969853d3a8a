package org.countersign.core.identity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * What a person's own token said about his duties.
 *
 * @param manager the user name in the {@code manager} claim, in lower case
 * @param issuedAt of the token: what an older one says is no news
 */
public record AccountFacts(
        Person account, Optional<String> manager, Set<String> realmRoles, Set<String> groups, Instant issuedAt) {
    public AccountFacts {
        manager = manager.map(name -> name.toLowerCase(Locale.ROOT));
        realmRoles = Set.copyOf(realmRoles);
        groups = Set.copyOf(groups);
    }

    /** Returns whether one who knows these other facts learns nothing from these. */
    boolean saysNothingAfter(AccountFacts known) {
        return equals(known) || issuedAt.isBefore(known.issuedAt);
    }

    /** The person as he would call, as far as his latest token tells: to say what he could do, never to do it. */
    public Caller asIfCalling() {
        return new Caller(
                new Principal(
                        account.issuer(),
                        "",
                        account.name(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        realmRoles,
                        groups,
                        PrincipalClaims.CLIENTS_OF_PEOPLE.iterator().next(),
                        Optional.empty()),
                issuedAt);
    }
}
