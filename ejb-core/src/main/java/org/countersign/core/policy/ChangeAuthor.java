package org.countersign.core.policy;

import jakarta.persistence.Embeddable;
import java.util.Optional;
import java.util.Set;
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

    /** Empty for the bootstrap. */
    Optional<Person> person() {
        return issuer.isEmpty() ? Optional.empty() : Optional.of(new Person(issuer, name));
    }

    String name() {
        return name;
    }

    /** Returns whether it is the same account, or one of the accounts of the other one. */
    boolean isOneOf(Principal other, Set<Person> accounts) {
        boolean sameAccount = issuer.equals(other.issuer()) && subject.equals(other.subject());
        return sameAccount || person().filter(accounts::contains).isPresent();
    }
}
