package org.countersign.model.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Principal;

/**
 * The agents and persons that the policy names.
 *
 * @param agents by client id
 * @param persons the user names, in lower case, that belong to one human being; each set has at least two
 */
public record Registry(Map<String, AgentRegistration> agents, List<Set<String>> persons) {
    public static final Registry EMPTY = new Registry(Map.of(), List.of());

    public Registry {
        agents = Map.copyOf(agents);
        persons = persons.stream().map(Set::copyOf).toList();
    }

    public Optional<AgentRegistration> agent(String client) {
        return Optional.ofNullable(agents.get(client));
    }

    /** The registered agents that a principal is or acts through. */
    public List<AgentRegistration> agentsIn(Principal principal) {
        var found = new ArrayList<AgentRegistration>();
        if (principal.agent()) {
            agent(principal.name()).ifPresent(found::add);
        }
        for (Actor actor : principal.act()) {
            agent(actor.name()).ifPresent(found::add);
        }
        return found;
    }

    /**
     * What is left of a principal's roles: no agent has more than its own registration, nor than any agent it acts
     * through has itself. One that the policy does not name has nothing by its name, and passes nothing on.
     */
    List<RolePolicy> limit(Principal principal, List<RolePolicy> held) {
        List<AgentRegistration> registered = agentsIn(principal);
        List<Principal> parents = parents(principal);
        if (registered.isEmpty() && parents.isEmpty()) {
            return held;
        }
        return held.stream()
                .filter(role ->
                        registered.stream().allMatch(agent -> agent.roles().contains(role.name())))
                .filter(role ->
                        parents.stream().allMatch(parent -> role.holders().include(parent)))
                .toList();
    }

    /** The agents it acts through, each as if it came itself with what the token says. */
    private static List<Principal> parents(Principal principal) {
        return principal.act().isEmpty()
                ? List.of()
                : principal.act().stream()
                        .map(Actor::name)
                        .filter(name -> !name.equals(principal.name()))
                        .map(principal::under)
                        .toList();
    }

    /** The agent whose registration is over, if a principal is or acts through one. */
    public Optional<AgentRegistration> expiredIn(Principal principal, Instant now) {
        return agentsIn(principal).stream().filter(agent -> agent.expired(now)).findFirst();
    }

    /** The agent that a principal's token names as its owner, if it names one. */
    public Optional<AgentRegistration> agentOwning(Principal principal) {
        return principal.owner().flatMap(owner -> agent(owner.name()));
    }

    /** Every user name of the human being who has this one, itself included. */
    public Set<String> accountsOf(String user) {
        var accounts = new HashSet<String>(Set.of(user));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Set<String> person : persons) {
                if (person.stream().anyMatch(accounts::contains)) {
                    grown |= accounts.addAll(person);
                }
            }
        }
        return accounts;
    }
}
