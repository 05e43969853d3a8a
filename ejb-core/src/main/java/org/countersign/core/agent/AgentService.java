package org.countersign.core.agent;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.countersign.core.CoreSettings;
import org.countersign.core.agent.AgentView.State;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Principals;
import org.countersign.core.identity.Principals.SeenAgent;
import org.countersign.core.identity.SuspensionView;
import org.countersign.core.identity.Suspensions;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.session.Person;

/** The inventory of agents: those the policy registers and those that ever came without. */
@Stateless
@PermitAll
public class AgentService {
    private static final Set<String> SEE_ALL = Set.of("admin", "auditor");

    @Inject
    private PolicyBoard board;

    @Inject
    private Principals principals;

    @Inject
    private Suspensions suspensions;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    public AgentService() {}

    AgentService(
            PolicyBoard board,
            Principals principals,
            Suspensions suspensions,
            ResponsiblePersons responsible,
            CoreSettings settings,
            Clock clock) {
        this.board = board;
        this.principals = principals;
        this.suspensions = suspensions;
        this.responsible = responsible;
        this.settings = settings;
        this.clock = clock;
    }

    /** Lists agents by name: administrators and auditors all of them, other persons those they answer for. */
    public List<AgentView> list(Caller caller) {
        if (caller.machine()) {
            return List.of();
        }
        PolicySnapshot policy = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody knows the agents"));
        Map<String, SeenAgent> seen = principals.agents(issuer());
        Map<String, SuspensionView> suspended = suspensions.inForce(issuer());
        var clients = new TreeSet<>(seen.keySet());
        clients.addAll(policy.registry().agents().keySet());
        Optional<Set<Person>> himself = SEE_ALL.stream().anyMatch(caller::has)
                ? Optional.empty()
                : Optional.of(responsible.of(caller.principal()));
        return clients.stream()
                .map(client -> view(policy, client, Optional.ofNullable(seen.get(client)), suspended))
                .filter(agent ->
                        himself.map(persons -> answersFor(persons, agent)).orElse(true))
                .toList();
    }

    /** Returns the agent, or empty when there is none that the caller may see. */
    public Optional<AgentView> find(Caller caller, String client) {
        return list(caller).stream()
                .filter(agent -> agent.client().equals(client))
                .findFirst();
    }

    private AgentView view(
            PolicySnapshot policy, String client, Optional<SeenAgent> seen, Map<String, SuspensionView> suspended) {
        Optional<AgentRegistration> registration = policy.registry().agent(client);
        Optional<SuspensionView> suspension = Optional.ofNullable(suspended.get(client.toLowerCase(Locale.ROOT)));
        return new AgentView(
                client,
                state(registration, suspension, clock.instant()),
                registration,
                seen.map(SeenAgent::owner),
                roles(policy, client, registration),
                seen.map(SeenAgent::lastSeen),
                suspension);
    }

    private static State state(
            Optional<AgentRegistration> registration, Optional<SuspensionView> suspension, Instant now) {
        if (suspension.isPresent()) {
            return State.SUSPENDED;
        }
        if (registration.isEmpty()) {
            return State.UNREGISTERED;
        }
        return registration.get().expired(now) ? State.EXPIRED : State.ACTIVE;
    }

    private static List<String> roles(PolicySnapshot policy, String client, Optional<AgentRegistration> registration) {
        return policy.roles().stream()
                .filter(role -> role.holders().clients().contains(client))
                .map(RolePolicy::name)
                .filter(role ->
                        registration.map(agent -> agent.roles().contains(role)).orElse(true))
                .sorted()
                .toList();
    }

    private boolean answersFor(Set<Person> persons, AgentView agent) {
        return Stream.concat(agent.owner().stream(), agent.registration().map(AgentRegistration::owner).stream())
                .anyMatch(owner -> persons.contains(new Person(issuer(), owner)));
    }

    private String issuer() {
        return settings.issuer().toString();
    }
}
