package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.core.identity.Accounts;
import org.countersign.core.identity.Principals;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Registry;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * The one place that says which persons answer for a principal. Every test of segregation compares such sets. What
 * cannot be looked up is an exception: an empty set would intersect nobody.
 */
@ApplicationScoped
public class ResponsiblePersons {
    @Inject
    private Principals principals;

    @Inject
    private Accounts accounts;

    @Inject
    private PolicyBoard board;

    public ResponsiblePersons() {}

    public ResponsiblePersons(Principals principals, Accounts accounts, PolicyBoard board) {
        this.principals = principals;
        this.accounts = accounts;
        this.board = board;
    }

    /**
     * Returns who stands behind a principal today under the names they are known by here: the persons of its token, the
     * owner its latest token names, its registered owner and whoever registered it as it is, and the same for every
     * agent it acts through.
     */
    public Set<Person> behind(Principal who) {
        var persons = new HashSet<>(principals.responsibleNow(who));
        registry().agentsIn(who).forEach(agent -> {
            persons.add(new Person(who.issuer(), agent.owner()));
            persons.addAll(agent.authors());
        });
        return persons;
    }

    /**
     * Returns who owns a principal or is it, with every account of theirs: {@link #of} without those who only wrote its
     * registration, who use none of its roles.
     */
    public Set<Person> owning(Principal who) {
        var persons = new HashSet<>(principals.responsibleNow(who));
        registry().agentsIn(who).forEach(agent -> persons.add(new Person(who.issuer(), agent.owner())));
        return linked(persons);
    }

    /**
     * {@link #owning} of many at once, in as many questions to the store as for one. Without a confirmed policy what it
     * links is left out; nothing runs then.
     */
    public Map<Principal, Set<Person>> owning(Set<Principal> many) {
        Registry registry = board.current().map(PolicySnapshot::registry).orElse(Registry.EMPTY);
        var people = new People(registry, accounts.sharing());
        Map<Principal, Person> owners = principals.ownersNow(many);
        var owning = new HashMap<Principal, Set<Person>>();
        for (Principal who : many) {
            var persons = new HashSet<>(who.responsiblePersons());
            Optional.ofNullable(owners.get(who)).ifPresent(persons::add);
            registry.agentsIn(who).forEach(agent -> persons.add(new Person(who.issuer(), agent.owner())));
            owning.put(
                    who,
                    persons.stream()
                            .flatMap(person -> people.accountsOf(person).stream())
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return owning;
    }

    /** Returns who owns the agents of this lower-case name, by their registration or their latest tokens. */
    public Set<Person> ownersOf(String issuer, String agent) {
        var owners = new HashSet<>(principals.ownersOf(issuer, agent));
        registry().agents().values().stream()
                .filter(registered -> registered.client().equalsIgnoreCase(agent))
                .forEach(registered -> owners.add(new Person(issuer, registered.owner())));
        return owners;
    }

    /**
     * Returns the persons behind a principal with every account that is known to be theirs. Being linked is mutual: to
     * find out whether two principals share a person it is enough to compare this set of the one with
     * {@link #behind} of the other.
     */
    public Set<Person> of(Principal who) {
        return linked(behind(who));
    }

    /** Returns every account of the human being who has this one, itself included. */
    public Set<Person> accountsOf(Person person) {
        return linked(Set.of(person));
    }

    private Set<Person> linked(Set<Person> some) {
        Registry registry = registry();
        Set<Person> persons = some;
        int before;
        do {
            before = persons.size();
            persons = accounts.linked(named(registry, persons));
        } while (persons.size() > before);
        return persons;
    }

    private static Set<Person> named(Registry registry, Set<Person> persons) {
        var all = new HashSet<Person>();
        persons.forEach(person ->
                registry.accountsOf(person.name()).forEach(account -> all.add(new Person(person.issuer(), account))));
        return all;
    }

    private Registry registry() {
        return board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody can say who answers"))
                .registry();
    }
}
