package org.countersign.core.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * A suspension in force. It covers the one who has its name or its subject, his other accounts, every agent he owns or
 * that acts for him, and every token that went through his hands.
 *
 * @param name a person's user name or an agent's client id, in lower case
 * @param subject who had the name when it was suspended, where that is known: a new name does not help him
 * @param by name of the administrator
 */
public record Suspension(String issuer, String name, Optional<String> subject, String by, Instant since) {
    public boolean covers(Principal who) {
        return issuer.equals(who.issuer())
                && (names(who).contains(name)
                        || subject.filter(subjects(who)::contains).isPresent());
    }

    /**
     * As {@link #covers(Principal)}, for one for whom these persons answer as well: every account of his, and the owners
     * that the policy names.
     */
    boolean covers(Principal who, Set<Person> answering) {
        return covers(who) || answering.contains(new Person(issuer, name));
    }

    /** The refusal of a sign-in. The reason is for administrators and auditors. */
    AccessRefusedException refusal(Principal who) {
        String when = " is suspended since " + since.truncatedTo(ChronoUnit.SECONDS) + ".";
        boolean himself = lower(who.name()).equals(name);
        return TokenVerifier.refused(
                himself ? who.name() + when : who.name() + " cannot sign in: " + name + when,
                "Ask " + by + " or another administrator.");
    }

    /** What the client of a live session is told. */
    public String farewell() {
        return "The session was ended: " + name + " was suspended by " + by + ".";
    }

    /** Every name that answers for what this principal does, its own included. */
    static Set<String> names(Principal who) {
        var names = new HashSet<String>();
        names.add(lower(who.name()));
        who.responsiblePersons().stream().map(Person::name).forEach(names::add);
        return names;
    }

    /** An agent that acts for a person has that person's subject. */
    static Set<String> subjects(Principal who) {
        var subjects = new HashSet<String>();
        subjects.add(who.subject());
        who.act().stream().map(Actor::subject).forEach(subjects::add);
        return subjects;
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
