package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Principal;

/** The latest rotation of each agent's secret. */
@ApplicationScoped
public class Rotations {
    private static final String LATEST = "select distinct on (client) client, rotated_by, rotated_at"
            + " from agent_rotation where issuer = ?1 order by client, rotated_at desc";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    /** Needs a transaction. */
    public void add(String issuer, Rotation rotation, String reason) {
        store.createNativeQuery("insert into agent_rotation (id, issuer, client, reason, rotated_by, rotated_at)"
                        + " values (?1, ?2, ?3, ?4, ?5, ?6)")
                .setParameter(1, UUID.randomUUID())
                .setParameter(2, issuer)
                .setParameter(3, rotation.client())
                .setParameter(4, reason)
                .setParameter(5, rotation.by())
                .setParameter(6, Timestamp.from(rotation.at()))
                .executeUpdate();
    }

    /** Returns the latest rotation of each agent that has one, by client id. */
    public Map<String, Rotation> latest(String issuer) {
        var latest = new HashMap<String, Rotation>();
        for (Object found :
                store.createNativeQuery(LATEST).setParameter(1, issuer).getResultList()) {
            Object[] row = (Object[]) found;
            Instant at = row[2] instanceof Instant instant ? instant : ((Timestamp) row[2]).toInstant();
            latest.put((String) row[0], new Rotation((String) row[0], (String) row[1], at));
        }
        return latest;
    }

    /**
     * Lets a token pass that was issued after every rotation of the agents it is of or went through.
     *
     * @throws AccessRefusedException 28000 with when that was; 57P03 when the store does not answer
     */
    void check(Principal who, AccessToken token) throws AccessRefusedException {
        if (programs(who).isEmpty()) {
            return;
        }
        Optional<Rotation> later;
        try {
            later = outdating(who, token, latest(who.issuer()));
        } catch (RuntimeException e) {
            // whoever cannot be looked up may come with an old secret
            throw new AccessRefusedException(
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The gateway cannot reach its store, so nobody new is let in.",
                    "Try again shortly; if it lasts, tell an administrator.");
        }
        if (later.isPresent()) {
            throw later.get().refusal();
        }
    }

    /** The rotation after which this token is worth nothing. */
    public static Optional<Rotation> outdating(Principal who, AccessToken token, Map<String, Rotation> latest) {
        return programs(who).stream()
                .flatMap(client -> Optional.ofNullable(latest.get(client)).stream())
                .filter(rotation -> rotation.outdates(token))
                .findFirst();
    }

    private static List<String> programs(Principal who) {
        var programs = new ArrayList<String>();
        if (who.agent()) {
            programs.add(who.name());
        }
        who.act().stream().map(Actor::name).forEach(programs::add);
        return programs;
    }
}
