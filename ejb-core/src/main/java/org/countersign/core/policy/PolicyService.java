package org.countersign.core.policy;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.Cursor;
import org.countersign.core.Page;
import org.countersign.core.policy.ChangeRefusedException.Reason;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** The policy in the store. {@link ManifestService} is the way in for callers: it asks who they are. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class PolicyService {
    @Inject
    private PolicyObjects objects;

    @Inject
    private Changes changes;

    @Inject
    private ManifestReader reader;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private DutiesOfChange duties;

    @Inject
    private Clock clock;

    /** The version in force; 0 for an empty store. */
    public long version() {
        return objects.version();
    }

    /**
     * Compiles what is in force.
     *
     * @throws ManifestException when the store holds something that this release does not accept
     */
    public PolicySnapshot load() throws ManifestException {
        long version = objects.steady().version();
        return current().snapshot(version, objects.authors());
    }

    public ChangeView propose(Principal author, List<ManifestSource> sources, String source, Motive motive)
            throws ManifestException {
        PolicySet current = current();
        PolicySet next = current.with(reader.read(sources));
        duties.keepsApart(current, next);
        return propose(author, source, motive, current.diff(next));
    }

    public ChangeView proposeRemoval(Principal author, Manifest.Key key, Motive motive)
            throws ManifestException, ChangeRefusedException {
        PolicySet current = current();
        if (!current.contains(key)) {
            throw new ChangeRefusedException(Reason.UNKNOWN_OBJECT, "There is no " + key + ".");
        }
        PolicySet next = current.without(Set.of(key));
        duties.keepsApart(current, next);
        return propose(author, "", motive, current.diff(next));
    }

    private ChangeView propose(Principal author, String source, Motive motive, List<DiffEntry> diff) {
        if (diff.isEmpty()) {
            return ChangeView.unchanged(author.name(), now(), source, motive);
        }
        var change = ChangeEntity.proposed(author, responsible.of(author), source, motive, diff, now());
        return added(author, change);
    }

    private ChangeView added(Principal author, ChangeEntity change) {
        changes.add(change);
        ChangeView view = change.view();
        duties.proposed(author, view);
        return view;
    }

    /**
     * Proposes the inverse of a confirmed change.
     *
     * @throws ChangeRefusedException with {@link Reason#CONFLICT} when one of its objects changed since
     */
    public ChangeView proposeRevert(Principal author, UUID id, Motive motive)
            throws ManifestException, ChangeRefusedException {
        motive.needed();
        objects.steady();
        ChangeEntity confirmed = changes.find(id).orElseThrow(() -> unknown(id));
        confirmed.checkRevertible();
        List<DiffEntry> inverse =
                confirmed.diff().stream().map(DiffEntry::inverse).toList();
        PolicySet current = current();
        unmoved(inverse, current.documents(), "this was confirmed", "A newer change has to be reverted first.");
        duties.keepsApart(current, current.with(reader.read(texts(inverse))).without(removed(inverse)));
        var change = ChangeEntity.proposed(author, responsible.of(author), "", motive, inverse, now())
                .reverting(confirmed);
        return added(author, change);
    }

    public ChangeView reject(Principal person, UUID id, Motive motive) throws ChangeRefusedException {
        motive.needed();
        ChangeEntity change = changes.lock(id).orElseThrow(() -> unknown(id));
        change.reject(person, responsible.of(person), motive.reason(), now());
        return change.view();
    }

    public ChangeView withdraw(Principal person, UUID id) throws ChangeRefusedException {
        ChangeEntity change = changes.lock(id).orElseThrow(() -> unknown(id));
        change.withdraw(person, responsible.of(person), now());
        return change.view();
    }

    /**
     * A policy beside another.
     *
     * @param proposed what would be in force if the change were confirmed now
     * @param constraints those that the change makes or replaces
     */
    public record Alternative(
            PolicySnapshot inForce, PolicySnapshot proposed, List<SegregationConstraint> constraints) {}

    /**
     * Compiles what is in force without and with a proposed change.
     *
     * @throws ChangeRefusedException with {@link Reason#CONFLICT} when it is not open, or its objects changed since
     */
    public Alternative alternative(UUID id) throws ManifestException, ChangeRefusedException {
        long version = objects.steady().version();
        ChangeEntity change = changes.find(id).orElseThrow(() -> unknown(id));
        change.checkOpen(now());
        PolicySet current = current();
        unmoved(change.diff(), current.documents(), "this was proposed", "Propose the change again.");
        Reading reading = reader.read(texts(change.diff()));
        PolicySet next = current.with(reading).without(removed(change.diff()));
        return new Alternative(
                current.snapshot(version, objects.authors()),
                next.snapshot(version + 1, objects.authors()),
                reading.constraints());
    }

    /** Closes what nobody confirmed in time; returns how many that were. */
    public long expire() {
        return changes.overdue(now()).stream()
                .flatMap(id -> changes.lock(id).stream())
                .filter(change -> change.expire(now()))
                .count();
    }

    /** Returns the confirmed changes of an object, the latest first, without what they did to others. */
    public List<ChangeView> history(Manifest.Key key, int limit) {
        return changes.confirmedOf(key, limit).stream()
                .map(change -> change.view().about(key.kind().label(), key.name()))
                .toList();
    }

    public List<DiffEntry> diff(List<ManifestSource> sources) throws ManifestException {
        PolicySet current = current();
        return current.diff(current.with(reader.read(sources)));
    }

    /** The change is checked again, against what is in force by now. */
    public ChangeView confirm(Principal person, UUID id) throws ManifestException, ChangeRefusedException {
        PolicyVersionEntity version = objects.lock();
        ChangeEntity change = changes.lock(id).orElseThrow(() -> unknown(id));
        Set<Person> himself = responsible.of(person);
        change.check(person, himself, now());
        PolicySet current = current();
        unmoved(change.diff(), current.documents(), "this was proposed", "Propose the change again.");
        duties.keepsApart(
                current, current.with(reader.read(texts(change.diff()))).without(removed(change.diff())));
        change.confirm(person, himself, version.next(), now());
        objects.apply(change.diff(), version.version());
        changes.proposed().forEach(other -> other.supersede(change));
        ChangeView view = change.view();
        duties.confirmed(person, view);
        return view;
    }

    /**
     * Fills an empty store.
     *
     * @return empty when it is not empty any more: another node was faster
     */
    public Optional<ChangeView> bootstrap(List<ManifestSource> sources) throws ManifestException {
        PolicyVersionEntity version = objects.lock();
        if (version.version() != 0) {
            return Optional.empty();
        }
        PolicySet first = PolicySet.empty().with(reader.read(sources));
        List<DiffEntry> diff = PolicySet.empty().diff(first);
        String files = sources.stream().map(ManifestSource::file).collect(Collectors.joining(", "));
        var change = ChangeEntity.bootstrap(files, diff, now(), version.next());
        changes.add(change);
        objects.apply(diff, version.version());
        return Optional.of(change.view());
    }

    public Page<ChangeView> changes(int limit, Optional<Cursor> after) {
        List<ChangeView> views =
                changes.list(limit, after).stream().map(ChangeEntity::view).toList();
        if (views.size() <= limit) {
            return new Page<>(views, Optional.empty());
        }
        ChangeView last = views.get(limit - 1);
        return new Page<>(views.subList(0, limit), Optional.of(new Cursor(last.at(), last.id()).encoded()));
    }

    public Optional<ChangeView> change(UUID id) {
        return changes.find(id).map(ChangeEntity::view);
    }

    public String export() throws ManifestException {
        return current().yaml();
    }

    private PolicySet current() throws ManifestException {
        return PolicySet.of(reader, objects.documents());
    }

    private static ChangeRefusedException unknown(UUID id) {
        return new ChangeRefusedException(Reason.UNKNOWN_CHANGE, "There is no change " + id + ".");
    }

    private static void unmoved(List<DiffEntry> diff, Map<Manifest.Key, String> documents, String since, String advice)
            throws ChangeRefusedException {
        var moved = new TreeSet<Manifest.Key>();
        for (DiffEntry entry : diff) {
            if (!entry.before().equals(documents.getOrDefault(entry.key(), ""))) {
                moved.add(entry.key());
            }
        }
        if (!moved.isEmpty()) {
            throw new ChangeRefusedException(
                    Reason.CONFLICT,
                    "Changed since " + since + ": "
                            + moved.stream().map(Manifest.Key::toString).collect(Collectors.joining(", ")) + ". "
                            + advice);
        }
    }

    private static List<ManifestSource> texts(List<DiffEntry> diff) {
        return diff.stream()
                .filter(entry -> !entry.removes())
                .map(entry -> new ManifestSource(entry.key().toString(), entry.after()))
                .toList();
    }

    private static Set<Manifest.Key> removed(List<DiffEntry> diff) {
        return diff.stream().filter(DiffEntry::removes).map(DiffEntry::key).collect(Collectors.toSet());
    }

    /** The store keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
