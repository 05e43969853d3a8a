package org.countersign.core.segregation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.policy.Registry;
import org.countersign.model.session.Person;

/** Which accounts belong to one human being, for looks at everybody at once. */
final class People {
    private final Registry registry;
    private final Map<Person, List<Set<Person>>> sharing = new HashMap<>();
    private final Map<Person, Set<Person>> found = new HashMap<>();

    /** @param marked accounts that share a mark, each set of them together */
    People(Registry registry, Collection<Set<Person>> marked) {
        this.registry = registry;
        for (Set<Person> together : marked) {
            together.forEach(person ->
                    sharing.computeIfAbsent(person, first -> new ArrayList<>()).add(together));
        }
    }

    /** Every account of the human being whose account this is. */
    Set<Person> accountsOf(Person account) {
        Set<Person> known = found.get(account);
        if (known == null) {
            known = Set.copyOf(grown(account));
            for (Person same : known) {
                found.put(same, known);
            }
        }
        return known;
    }

    private Set<Person> grown(Person account) {
        var all = new HashSet<Person>(Set.of(account));
        var open = new ArrayDeque<Person>(all);
        while (!open.isEmpty()) {
            Person next = open.remove();
            var linked = new HashSet<Person>();
            registry.accountsOf(next.name()).forEach(name -> linked.add(new Person(next.issuer(), name)));
            sharing.getOrDefault(next, List.of()).forEach(linked::addAll);
            linked.stream().filter(all::add).forEach(open::add);
        }
        return all;
    }
}
