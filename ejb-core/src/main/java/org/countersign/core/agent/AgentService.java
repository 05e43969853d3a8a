package org.countersign.core.agent;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.countersign.core.AgentSettings;
import org.countersign.core.CoreSettings;
import org.countersign.core.agent.AgentView.AgentSecret;
import org.countersign.core.agent.AgentView.State;
import org.countersign.core.agent.AgentView.Unused;
import org.countersign.core.agent.PermissionUses.Use;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Principals;
import org.countersign.core.identity.Principals.SeenAgent;
import org.countersign.core.identity.Rotation;
import org.countersign.core.identity.Rotations;
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
@SuppressWarnings("NullAway.Init") // set by the container
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
    private Rotations rotations;

    @Inject
    private UseNotes uses;

    @Inject
    private AgentSettings limits;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    /** Lists agents by name: administrators and auditors all of them, other persons those they answer for. */
    public List<AgentView> list(Caller caller) {
        if (caller.machine()) {
            return List.of();
        }
        PolicySnapshot policy = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody knows the agents"));
        Map<String, SeenAgent> seen = principals.agents(issuer());
        var clients = new TreeSet<>(seen.keySet());
        clients.addAll(policy.registry().agents().keySet());
        Optional<Set<Person>> himself = SEE_ALL.stream().anyMatch(caller::has)
                ? Optional.empty()
                : Optional.of(responsible.of(caller.principal()));
        Instant now = clock.instant();
        Instant from = now.minus(limits.unusedAfter());
        var known = new Known(
                policy,
                seen,
                suspensions.inForce(issuer()),
                rotations.latest(issuer()),
                uses.since(issuer(), from),
                from,
                now);
        return clients.stream()
                .map(client -> view(known, client))
                .filter(agent ->
                        himself.map(persons -> answersFor(persons, agent)).orElse(true))
                .map(agent -> himself.isPresent() ? agent.withoutReason() : agent)
                .toList();
    }

    /** Returns the agent, or empty when there is none that the caller may see. */
    public Optional<AgentView> find(Caller caller, String client) {
        return list(caller).stream()
                .filter(agent -> agent.client().equals(client))
                .findFirst();
    }

    /** Returns whether the caller may change what concerns this agent: an administrator, or a person who owns it. */
    public boolean administers(Caller caller, AgentView agent) {
        return !caller.machine() && (caller.has("admin") || answersFor(responsible.of(caller.principal()), agent));
    }

    /**
     * What the store says about all agents at once.
     *
     * @param uses what each used since {@code from}
     */
    private record Known(
            PolicySnapshot policy,
            Map<String, SeenAgent> seen,
            Map<String, SuspensionView> suspended,
            Map<String, Rotation> rotations,
            Map<String, List<Use>> uses,
            Instant from,
            Instant now) {}

    private AgentView view(Known known, String client) {
        Optional<AgentRegistration> registration = known.policy().registry().agent(client);
        Optional<SuspensionView> suspension =
                Optional.ofNullable(known.suspended().get(client.toLowerCase(Locale.ROOT)));
        Optional<SeenAgent> seen = Optional.ofNullable(known.seen().get(client));
        List<RolePolicy> roles = roles(known.policy(), client, registration);
        return new AgentView(
                client,
                state(registration, suspension, known.now()),
                registration,
                seen.map(SeenAgent::owner),
                roles.stream().map(RolePolicy::name).toList(),
                seen.map(SeenAgent::lastSeen),
                suspension,
                secret(Optional.ofNullable(known.rotations().get(client)), seen, known.now()),
                seen.map(first -> unused(known, client, roles, first.firstSeen())));
    }

    private AgentSecret secret(Optional<Rotation> rotation, Optional<SeenAgent> seen, Instant now) {
        Optional<Instant> since = rotation.map(Rotation::at).or(() -> seen.map(SeenAgent::firstSeen));
        return new AgentSecret(
                since,
                rotation.map(Rotation::by),
                since.filter(start -> start.plus(limits.secretIsOldAfter()).isBefore(now))
                        .isPresent());
    }

    private static Unused unused(Known known, String client, List<RolePolicy> roles, Instant firstSeen) {
        List<Use> uses = known.uses().getOrDefault(client, List.of());
        return new Unused(
                firstSeen.isAfter(known.from()) ? firstSeen : known.from(),
                roles.stream()
                        .flatMap(role -> UnusedPermission.of(role, uses).stream())
                        .toList());
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

    private static List<RolePolicy> roles(
            PolicySnapshot policy, String client, Optional<AgentRegistration> registration) {
        return policy.roles().stream()
                .filter(role -> role.holders().clients().contains(client))
                .filter(role -> registration
                        .map(agent -> agent.roles().contains(role.name()))
                        .orElse(true))
                .sorted(Comparator.comparing(RolePolicy::name))
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
