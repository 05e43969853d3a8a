package org.countersign.core.effect;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Those whom roles name and who were not here yet: what they have by their names, a change can give and take as well. */
final class NamedPrincipals {
    private NamedPrincipals() {}

    /** Returns everybody who was here, and whoever one of these policies names beside them. */
    static List<Principal> with(Collection<Principal> seen, String issuer, PolicySnapshot... policies) {
        return Stream.concat(
                        seen.stream(),
                        Stream.concat(unseen(seen, issuer, true, policies), unseen(seen, issuer, false, policies)))
                .toList();
    }

    private static Stream<Principal> unseen(
            Collection<Principal> seen, String issuer, boolean agent, PolicySnapshot... policies) {
        var here = new HashSet<String>();
        seen.stream().filter(who -> who.agent() == agent).map(Principal::name).forEach(here::add);
        var names = new TreeSet<String>();
        for (PolicySnapshot policy : policies) {
            for (RolePolicy role : policy.roles()) {
                names.addAll(agent ? role.holders().clients() : role.holders().users());
            }
        }
        return names.stream().filter(name -> !here.contains(name)).map(name -> named(issuer, name, agent));
    }

    private static Principal named(String issuer, String name, boolean agent) {
        return new Principal(
                issuer,
                "",
                name,
                agent,
                agent ? Optional.of(new Person(issuer, "the owner of " + name)) : Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }
}
