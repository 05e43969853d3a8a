package org.countersign.core.agent;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countersign.core.agent.PermissionUses.Use;
import org.countersign.model.policy.Deeds.Deed;

/** Writes down what agents used, and reads it. */
@Stateless
@PermitAll
public class UseNotes {
    /** A clock that went back makes nothing unused. */
    private static final String NOTE =
            "insert into permission_use (issuer, client, target, action, resource, last_used)"
                    + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (issuer, client, target, action, md5(resource)) do update set"
                    + " last_used = greatest(permission_use.last_used, excluded.last_used)";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    /** What it did is committed when it returns. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void note(Map<Use, Instant> uses) {
        uses.forEach((use, at) -> store.createNativeQuery(NOTE)
                .setParameter(1, use.issuer())
                .setParameter(2, use.client())
                .setParameter(3, use.target())
                .setParameter(4, use.deed().action())
                .setParameter(5, use.deed().resource())
                .setParameter(6, Timestamp.from(at))
                .executeUpdate());
    }

    /** Returns what each agent used since then, by client id. */
    public Map<String, List<Use>> since(String issuer, Instant from) {
        var uses = new HashMap<String, List<Use>>();
        for (Object found : store.createNativeQuery("select client, target, action, resource from permission_use"
                        + " where issuer = ?1 and last_used >= ?2")
                .setParameter(1, issuer)
                .setParameter(2, Timestamp.from(from))
                .getResultList()) {
            Object[] row = (Object[]) found;
            var use = new Use(issuer, (String) row[0], (String) row[1], new Deed((String) row[2], (String) row[3]));
            uses.computeIfAbsent(use.client(), first -> new ArrayList<>()).add(use);
        }
        return uses;
    }
}
