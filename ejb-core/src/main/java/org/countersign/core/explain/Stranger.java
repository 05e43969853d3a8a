package org.countersign.core.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy.Holders;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * A principal that never signed in but whom the policy names: what his name alone gives him, without the groups and realm
 * roles that only a token tells.
 */
final class Stranger {
    /** Stands for the person who answers for an agent. */
    private static final String UNKNOWN_OWNER = "nobody known yet";

    private Stranger() {}

    /** Empty for a name that no role names. */
    static Optional<Principal> of(PolicySnapshot snapshot, String issuer, String name) {
        List<Holders> holders =
                snapshot.roles().stream().map(role -> role.holders()).toList();
        String user = name.toLowerCase(Locale.ROOT);
        if (holders.stream().anyMatch(named -> named.clients().contains(name))) {
            return Optional.of(principal(issuer, name, Optional.of(new Person(issuer, UNKNOWN_OWNER))));
        }
        if (holders.stream().anyMatch(named -> named.users().contains(user))) {
            return Optional.of(principal(issuer, user, Optional.empty()));
        }
        return Optional.empty();
    }

    private static Principal principal(String issuer, String name, Optional<Person> owner) {
        return new Principal(
                issuer,
                "never signed in: " + name,
                name,
                owner.isPresent(),
                owner,
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                owner.isPresent() ? name : "",
                Optional.empty());
    }
}
