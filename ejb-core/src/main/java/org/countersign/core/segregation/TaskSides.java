package org.countersign.core.segregation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.Standing;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;

/** The sides that tasks have taken, of all their sessions on all nodes. Needs a transaction. */
@ApplicationScoped
public class TaskSides {
    private static final String SEPARATOR = "\n";

    private static final String TAKE = "insert into task_side (issuer, task, constraint_name, sides, since, taken_by)"
            + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (issuer, task, constraint_name) do update set"
            + " sides = excluded.sides, since = excluded.since, taken_by = excluded.taken_by";

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    private Acts acts;

    /**
     * Takes the sides of a command that is about to run, all or none; whoever asks for the same task meanwhile waits.
     *
     * @return why it may not run
     */
    Optional<Verdict.Deny> take(SessionFacts session, List<DutyUse> uses, Instant now, String by) {
        if (uses.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> task = session.principal().task();
        if (task.isEmpty()) {
            return Optional.of(Refusals.denied(
                    uses.getFirst().constraint(),
                    "This command belongs to one of the sides "
                            + String.join(
                                    ", ",
                                    new TreeSet<>(uses.getFirst().constraint().sides()))
                            + ", of which a task may take one, and your session names no task.",
                    "Connect with options='-c countersign.task=NAME', or with a token that has the claim task."));
        }
        acts.lock("task " + session.principal().issuer() + ' ' + task.get());
        Standing standing = standing(session.principal().issuer(), task.get());
        Optional<Standing.Conflict> conflict = standing.conflict(uses, now);
        if (conflict.isEmpty()) {
            Standing next = standing.with(uses, now, by);
            next.sides().forEach((constraint, side) -> {
                if (!side.equals(standing.sides().get(constraint))) {
                    put(session.principal().issuer(), task.get(), constraint, side);
                }
            });
        }
        return conflict.map(found -> Refusals.dynamic(found, "The task " + task.get()));
    }

    private Standing standing(String issuer, String task) {
        var sides = new HashMap<String, Standing.Side>();
        for (Object found : store.createNativeQuery("select constraint_name, sides, since, taken_by from task_side"
                        + " where issuer = ?1 and task = ?2")
                .setParameter(1, issuer)
                .setParameter(2, task)
                .getResultList()) {
            Object[] row = (Object[]) found;
            sides.put(
                    (String) row[0],
                    new Standing.Side(
                            Set.of(((String) row[1]).split(SEPARATOR)), Acts.instant(row[2]), (String) row[3]));
        }
        return new Standing(sides);
    }

    private void put(String issuer, String task, String constraint, Standing.Side side) {
        store.createNativeQuery(TAKE)
                .setParameter(1, issuer)
                .setParameter(2, task)
                .setParameter(3, constraint)
                .setParameter(4, String.join(SEPARATOR, new TreeSet<>(side.left())))
                .setParameter(5, Timestamp.from(side.since()))
                .setParameter(6, side.by())
                .executeUpdate();
    }
}
