package org.countersign.core.identity;

import java.util.List;
import java.util.Optional;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * A principal as people see it.
 *
 * @param kind {@code agent} or {@code person}
 * @param owner name of the person who answers for an agent
 * @param onBehalfOf name of the person an agent acts for
 * @param act names of the {@code act} chain, outermost first
 * @param task what it works on
 */
public record PrincipalView(
        String name,
        String kind,
        Optional<String> owner,
        Optional<String> onBehalfOf,
        List<String> act,
        Optional<String> task) {
    public PrincipalView {
        act = List.copyOf(act);
    }

    /** Of a principal that works on nothing in particular. */
    public PrincipalView(
            String name, String kind, Optional<String> owner, Optional<String> onBehalfOf, List<String> act) {
        this(name, kind, owner, onBehalfOf, act, Optional.empty());
    }

    public static PrincipalView of(Principal principal) {
        return new PrincipalView(
                principal.name(),
                principal.agent() ? "agent" : "person",
                principal.owner().map(Person::name),
                principal.onBehalfOf().map(Person::name),
                principal.act().stream().map(Actor::name).toList(),
                principal.task());
    }
}
