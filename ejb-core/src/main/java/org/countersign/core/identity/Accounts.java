package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.session.Person;

/** The accounts of persons, and which of them share a mark. */
@ApplicationScoped
public class Accounts {
    /** From account to mark to account, as far as it goes; a mark that was ever seen counts. */
    private static final String LINKED = "with recursive linked (issuer, name) as ("
            + " select cast(?1 as text), cast(?2 as text)"
            + " union"
            + " select other.issuer, other.name from linked"
            + " join account_mark own on own.issuer = linked.issuer and own.name = linked.name"
            + " join account_mark other on other.kind = own.kind and other.value = own.value)"
            + " select issuer, name from linked";

    private static final String NOTE = "insert into account_mark (issuer, name, kind, value, first_seen, last_seen)"
            + " values (?1, ?2, ?3, ?4, ?5, ?5)"
            + " on conflict (issuer, name, kind, value) do update set last_seen = excluded.last_seen";

    private static final String NOTE_FACTS =
            "insert into account_facts (issuer, name, manager, realm_roles, groups, issued_at) values (?1, ?2, ?3, ?4,"
                    + " ?5, ?6) on conflict (issuer, name) do update set manager = excluded.manager, realm_roles ="
                    + " excluded.realm_roles, groups = excluded.groups, issued_at = excluded.issued_at where"
                    + " account_facts.issued_at <= excluded.issued_at";

    /** Names have no line breaks: {@link PrincipalClaims} takes none. */
    private static final String BETWEEN = "\n";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    /** Keeps what a token said. Needs a transaction. */
    void note(AccountMarks marks, Instant now) {
        marks.values()
                .forEach((kind, value) -> store.createNativeQuery(NOTE)
                        .setParameter(1, marks.account().issuer())
                        .setParameter(2, marks.account().name())
                        .setParameter(3, kind.name())
                        .setParameter(4, value)
                        .setParameter(5, Timestamp.from(now))
                        .executeUpdate());
    }

    /** Keeps what a token said unless a later one has said something else. Needs a transaction. */
    void note(AccountFacts facts) {
        store.createNativeQuery(NOTE_FACTS)
                .setParameter(1, facts.account().issuer())
                .setParameter(2, facts.account().name())
                .setParameter(3, facts.manager().orElse(""))
                .setParameter(4, String.join(BETWEEN, facts.realmRoles()))
                .setParameter(5, String.join(BETWEEN, facts.groups()))
                .setParameter(6, Timestamp.from(facts.issuedAt()))
                .executeUpdate();
    }

    /** Returns what the latest token of this account said; empty when none was seen. */
    public Optional<AccountFacts> facts(Person account) {
        Stream<?> rows = store
                .createNativeQuery("select manager, realm_roles, groups, cast(extract(epoch from issued_at) as bigint)"
                        + " from account_facts where issuer = ?1 and name = ?2")
                .setParameter(1, account.issuer())
                .setParameter(2, account.name())
                .getResultList()
                .stream();
        return rows.map(Object[].class::cast).map(row -> facts(account, row)).findFirst();
    }

    /** Returns what the latest token of each account said, whoever was here last first. */
    public List<AccountFacts> latest(int limit) {
        Stream<?> rows = store
                .createNativeQuery("select manager, realm_roles, groups, cast(extract(epoch from issued_at) as bigint),"
                        + " issuer, name from account_facts order by issued_at desc, name")
                .setMaxResults(limit)
                .getResultList()
                .stream();
        return rows.map(Object[].class::cast)
                .map(row -> facts(new Person((String) row[4], (String) row[5]), row))
                .toList();
    }

    private static AccountFacts facts(Person account, Object[] row) {
        return new AccountFacts(
                account,
                Optional.of((String) row[0]).filter(manager -> !manager.isEmpty()),
                names((String) row[1]),
                names((String) row[2]),
                Instant.ofEpochSecond(((Number) row[3]).longValue()));
    }

    private static Set<String> names(String joined) {
        return joined.isEmpty() ? Set.of() : Set.of(joined.split(BETWEEN));
    }

    /** Accounts that ever shared a mark, each set of them together; an account that shares none is in no set. */
    public Collection<Set<Person>> sharing() {
        var byMark = new HashMap<List<Object>, Set<Person>>();
        for (Object found : store.createNativeQuery("select kind, value, issuer, name from account_mark m"
                        + " where exists (select 1 from account_mark o where o.kind = m.kind and o.value = m.value"
                        + " and (o.issuer, o.name) <> (m.issuer, m.name))")
                .getResultList()) {
            Object[] row = (Object[]) found;
            byMark.computeIfAbsent(List.of(row[0], row[1]), first -> new HashSet<>())
                    .add(new Person((String) row[2], (String) row[3]));
        }
        return byMark.values();
    }

    /** Returns these accounts and every account that shares a mark with one of them, however many steps away. */
    public Set<Person> linked(Collection<Person> persons) {
        var linked = new HashSet<>(persons);
        for (Person person : persons) {
            rows(person)
                    .map(row -> new Person((String) row[0], (String) row[1]))
                    .forEach(linked::add);
        }
        return linked;
    }

    private Stream<Object[]> rows(Person person) {
        return store
                .createNativeQuery(LINKED)
                .setParameter(1, person.issuer())
                .setParameter(2, person.name())
                .getResultList()
                .stream()
                .map(Object[].class::cast);
    }
}
