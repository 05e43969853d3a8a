package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.AgentRegistration;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Says who answers for a request, and why. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Behind {
    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private PolicyBoard board;

    public Behind() {}

    Behind(ResponsiblePersons responsible, PolicyBoard board) {
        this.responsible = responsible;
        this.board = board;
    }

    /** Returns whoever is tested as answering for it, today or when it was made; accounts of one person together. */
    List<Answerable> of(ApprovalEntity approval) {
        Principal who = approval.principal();
        Map<Person, List<String>> reasons = reasons(who);
        var all = new HashSet<>(responsible.of(who));
        all.addAll(approval.responsible());
        all.addAll(reasons.keySet());
        var named = new HashSet<Person>();
        var answerable = new ArrayList<Answerable>();
        reasons.forEach((person, why) -> {
            if (named.add(person)) {
                answerable.add(answerable(person, why, named, reasons));
            }
        });
        all.stream().sorted(Comparator.comparing(Person::name)).forEach(person -> {
            if (named.add(person)) {
                answerable.add(answerable(person, List.of("answered for it when it was asked"), named, reasons));
            }
        });
        return answerable;
    }

    /** @param named whoever is accounted for; the person's further accounts are added */
    private Answerable answerable(
            Person person, List<String> why, Set<Person> named, Map<Person, List<String>> reasons) {
        var reasonsOfAll = new ArrayList<>(why);
        var accounts = new ArrayList<String>();
        responsible.accountsOf(person).stream()
                .filter(account -> !account.equals(person))
                .sorted(Comparator.comparing(Person::name))
                .forEach(account -> {
                    named.add(account);
                    accounts.add(account.name());
                    reasons.getOrDefault(account, List.of())
                            .forEach(reason -> reasonsOfAll.add(reason + " as " + account.name()));
                });
        return new Answerable(person.name(), reasonsOfAll, accounts);
    }

    private Map<Person, List<String>> reasons(Principal who) {
        var reasons = new LinkedHashMap<Person, List<String>>();
        if (!who.agent()) {
            note(reasons, new Person(who.issuer(), who.name()), "asks");
        }
        who.owner().ifPresent(owner -> note(reasons, owner, "owns " + who.name()));
        who.onBehalfOf().ifPresent(person -> note(reasons, person, who.name() + " acts for this person"));
        board.current().ifPresent(snapshot -> {
            for (AgentRegistration agent : snapshot.registry().agentsIn(who)) {
                note(reasons, new Person(who.issuer(), agent.owner()), "is the registered owner of " + agent.client());
                agent.registeredBy().ifPresent(author -> note(reasons, author, "registered " + agent.client()));
                agent.changedBy()
                        .filter(author -> !agent.registeredBy().equals(Optional.of(author)))
                        .ifPresent(
                                author -> note(reasons, author, "last changed the registration of " + agent.client()));
            }
        });
        responsible.behind(who).forEach(person -> {
            if (!reasons.containsKey(person)) {
                note(reasons, person, "answers for " + who.name());
            }
        });
        return reasons;
    }

    private static void note(Map<Person, List<String>> reasons, Person person, String reason) {
        reasons.computeIfAbsent(person, first -> new ArrayList<>()).add(reason);
    }
}
