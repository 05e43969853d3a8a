package org.countersign.core.policy;

import jakarta.persistence.Embeddable;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Who proposed or confirmed a change: a person, or the bootstrap of an empty store. */
@Embeddable
public class ChangeAuthor {
    private String issuer;
    private String subject;
    private String name;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected ChangeAuthor() {}

    private ChangeAuthor(String issuer, String subject, String name) {
        this.issuer = issuer;
        this.subject = subject;
        this.name = name;
    }

    static ChangeAuthor of(Principal person) {
        return new ChangeAuthor(person.issuer(), person.subject(), person.name());
    }

    static ChangeAuthor bootstrap() {
        return new ChangeAuthor("", "bootstrap", "bootstrap");
    }

    String name() {
        return name;
    }

    /** Returns whether it is the same account, or a person who answers for what the other one does. */
    boolean answersFor(Principal other) {
        boolean sameAccount = issuer.equals(other.issuer()) && subject.equals(other.subject());
        return sameAccount || (!issuer.isEmpty() && other.responsiblePersons().contains(new Person(issuer, name)));
    }
}
