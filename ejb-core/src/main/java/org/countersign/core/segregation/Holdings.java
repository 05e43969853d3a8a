package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.CoreSettings;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.KnownPrincipals;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Who holds which roles under a policy, human being by human being, as far as it is known. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Holdings {
    @Inject
    private KnownPrincipals known;

    @Inject
    private Accounts accounts;

    @Inject
    private CoreSettings settings;

    People people(PolicySnapshot snapshot) {
        return new People(snapshot.registry(), accounts.sharing());
    }

    /** The holdings of everybody who was here or is named by a role, by all the accounts of whoever answers for them. */
    Map<Set<Person>, List<Holding>> of(PolicySnapshot snapshot, People people, Instant now) {
        List<KnownPrincipals.Known> all = known.all();
        var holdings = new HashMap<Set<Person>, List<Holding>>();
        var agents = new HashSet<String>();
        var persons = new HashSet<String>();
        for (KnownPrincipals.Known each : all) {
            (each.principal().agent() ? agents : persons).add(each.principal().name());
            add(holdings, snapshot, people, each.principal(), each.lastSeen());
        }
        for (RolePolicy role : snapshot.roles()) {
            role.holders().clients().stream()
                    .filter(agents::add)
                    .forEach(client -> add(holdings, snapshot, people, unseen(client, true, snapshot), now));
            role.holders().users().stream()
                    .filter(persons::add)
                    .forEach(user -> add(holdings, snapshot, people, unseen(user, false, snapshot), now));
        }
        return holdings;
    }

    private static void add(
            Map<Set<Person>, List<Holding>> holdings,
            PolicySnapshot snapshot,
            People people,
            Principal principal,
            Instant lastSeen) {
        Set<String> roles = PersonConflicts.roles(snapshot, principal);
        if (roles.isEmpty()) {
            return;
        }
        var answering = new HashSet<Set<Person>>();
        principal.responsiblePersons().forEach(person -> answering.add(people.accountsOf(person)));
        registrations(snapshot, principal)
                .forEach(agent -> answering.add(people.accountsOf(new Person(principal.issuer(), agent.owner()))));
        answering.forEach(human -> holdings.computeIfAbsent(human, first -> new ArrayList<>())
                .add(new Holding(principal.name(), roles, lastSeen)));
    }

    private static Collection<AgentRegistration> registrations(PolicySnapshot snapshot, Principal principal) {
        return snapshot.registry().agentsIn(principal);
    }

    /** Somebody of whom no token was seen: who owns an agent is then known from its registration only. */
    private Principal unseen(String name, boolean agent, PolicySnapshot snapshot) {
        String issuer = settings.issuer().toString();
        Optional<Person> owner = agent
                ? Optional.of(new Person(
                        issuer,
                        snapshot.registry()
                                .agent(name)
                                .map(AgentRegistration::owner)
                                .orElse("the owner of " + name)))
                : Optional.empty();
        return new Principal(
                issuer,
                "",
                name,
                agent,
                owner,
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }
}
