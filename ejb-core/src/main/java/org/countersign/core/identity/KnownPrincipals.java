package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Principals by what their latest tokens said. Needs a transaction. */
@ApplicationScoped
public class KnownPrincipals {
    private static final String SELECT = "select claims, last_seen from principal p where claims is not null";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    /** @param lastSeen when it last opened a session */
    public record Known(Principal principal, Instant lastSeen) {}

    public List<Known> all() {
        return read(store.createNativeQuery(SELECT + " order by issuer, subject"));
    }

    /**
     * Those for whom one of these persons answers.
     *
     * @param clients of agents that are registered for one of them, whatever their tokens say
     */
    public List<Known> of(Collection<Person> persons, Set<String> clients) {
        var values = new ArrayList<String>();
        String answering = persons.stream()
                .map(person -> "(r.person_issuer = " + value(values, person.issuer()) + " and r.person = "
                        + value(values, person.name()) + ")")
                .collect(Collectors.joining(" or "));
        String registered =
                clients.stream().map(client -> value(values, client)).collect(Collectors.joining(", "));
        Query query = store.createNativeQuery(SELECT + " and (exists (select 1 from principal_person r"
                + " where r.issuer = p.issuer and r.subject = p.subject and ("
                + (answering.isEmpty() ? "false" : answering) + "))"
                + (registered.isEmpty() ? "" : " or agent and name in (" + registered + ")") + ")");
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return read(query);
    }

    private static String value(List<String> values, String value) {
        values.add(value);
        return "?" + values.size();
    }

    private static List<Known> read(Query query) {
        var found = new ArrayList<Known>();
        for (Object result : query.getResultList()) {
            Object[] row = (Object[]) result;
            Instant seen = row[1] instanceof Instant instant ? instant : ((Timestamp) row[1]).toInstant();
            found.add(new Known(PrincipalJson.parse((String) row[0]), seen));
        }
        return found;
    }
}
