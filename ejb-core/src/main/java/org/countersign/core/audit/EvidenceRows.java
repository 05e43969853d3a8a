package org.countersign.core.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.io.StringReader;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.Cursor;
import org.countersign.core.audit.EvidenceRow.Countersignature;
import org.countersign.core.identity.AccountLines;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Person;

/** Reads the report's rows out of the store, newest first. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceRows {
    private static final String ROWS = """
        select a.id, a.requested_at, a.session, a.principal, a.responsible, a.target,
          (select string_agg(c ->> 'kind', '; ') from json_array_elements(a.commands::json) c),
          (select string_agg(distinct x, E'\\n') from json_array_elements(a.commands::json) c,
            json_array_elements_text(c -> 'actions') x),
          (select string_agg(distinct x, E'\\n') from json_array_elements(a.commands::json) c,
            json_array_elements_text(c -> 'resources') x),
          a.rules, a.policy_version, lower(a.state), a.justification,
          (select g.ticket from access_grant g where a.of_grant and g.approval = cast(a.id as text))
        from approval a
        where a.requested_at >= ?1 and a.requested_at < ?2
          and (cast(?3 as text) = '' or a.principal_name = cast(?3 as text))
          and (cast(?4 as text) = '' or a.target = cast(?4 as text))
          and (a.requested_at, a.id) < (?5, cast(?6 as uuid))
        order by a.requested_at desc, a.id desc
        limit ?7
        """;

    private static final String DECISIONS = """
        select d.approval, d.person, lower(d.kind), d.reason, d.decided_at, d.accounts, d.requesters,
          d.in_place_of
        from approval_decision d
        where d.approval = any (cast(string_to_array(?1, ',') as uuid[]))
        order by d.decided_at, d.id
        """;

    private static final UUID LAST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    /** Returns one more than the limit when there is a next page. */
    List<EvidenceRow> list(EvidenceFilter filter) {
        Period period = filter.period();
        Cursor after = filter.after().map(Cursor::of).orElseGet(() -> new Cursor(period.end(), LAST));
        List<Object[]> rows = rows(store.createNativeQuery(ROWS)
                        .setParameter(1, Timestamp.from(period.start()))
                        .setParameter(2, Timestamp.from(period.end()))
                        .setParameter(3, filter.principal().orElse(""))
                        .setParameter(4, filter.target().orElse(""))
                        .setParameter(5, Timestamp.from(after.at()))
                        .setParameter(6, after.id().toString())
                        .setParameter(7, filter.limit() + 1))
                .toList();
        Map<UUID, List<Countersignature>> decisions =
                decisions(rows.stream().map(row -> (UUID) row[0]).toList());
        return rows.stream()
                .map(row -> row(row, decisions.getOrDefault((UUID) row[0], List.of())))
                .toList();
    }

    private static EvidenceRow row(Object[] row, List<Countersignature> decisions) {
        UUID id = (UUID) row[0];
        PrincipalView initiator = PrincipalView.of(PrincipalJson.parse((String) row[3]));
        String outcome = (String) row[11];
        boolean ran = outcome.equals("executed");
        return new EvidenceRow(
                id,
                at(row[1]),
                Optional.of(id),
                (UUID) row[2],
                initiator,
                persons((String) row[4]),
                decisions,
                ran ? Optional.of(initiator.name()) : Optional.empty(),
                (String) row[5],
                text(row[6]),
                lines(row[7]),
                lines(row[8]),
                texts((String) row[9]),
                ((Number) row[10]).longValue(),
                outcome,
                text(row[12]),
                text(row[13]));
    }

    private Map<UUID, List<Countersignature>> decisions(List<UUID> approvals) {
        var found = new HashMap<UUID, List<Countersignature>>();
        rows(store.createNativeQuery(DECISIONS)
                        .setParameter(1, approvals.stream().map(UUID::toString).collect(Collectors.joining(","))))
                .forEach(row -> found.computeIfAbsent((UUID) row[0], unseen -> new ArrayList<>())
                        .add(new Countersignature(
                                (String) row[1],
                                Optional.ofNullable((String) row[7]),
                                (String) row[2],
                                (String) row[3],
                                at(row[4]),
                                AccountLines.parse((String) row[5]),
                                AccountLines.parse((String) row[6]))));
        return found;
    }

    private static Stream<Object[]> rows(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast);
    }

    private static Instant at(Object value) {
        return ((Timestamp) value).toInstant();
    }

    private static String text(Object value) {
        return value instanceof String text ? text : "";
    }

    private static List<String> lines(Object value) {
        return Arrays.stream(text(value).split("\n"))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<String> texts(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        }
    }

    private static Set<Person> persons(String json) {
        var persons = new HashSet<Person>();
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            reader.readArray()
                    .forEach(person -> persons.add(new Person(
                            person.asJsonObject().getString("issuer"),
                            person.asJsonObject().getString("name"))));
        }
        return persons;
    }
}
