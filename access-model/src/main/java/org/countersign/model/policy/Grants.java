package org.countersign.model.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/** Who has what for a time, and who had it lately, so that a refusal can say what became of it. Immutable. */
public final class Grants {
    public static final Grants NONE = new Grants(List.of());

    private final List<Grant> all;
    private final Map<Grant.Holder, List<Grant>> byHolder;
    private final Map<UUID, Grant> byId;

    public Grants(List<Grant> all) {
        this.all = List.copyOf(all);
        var sorted = new HashMap<Grant.Holder, List<Grant>>();
        for (Grant grant : this.all) {
            sorted.computeIfAbsent(grant.holder(), first -> new ArrayList<>()).add(grant);
        }
        this.byHolder = sorted;
        var found = new HashMap<UUID, Grant>();
        this.all.forEach(grant -> found.put(grant.id(), grant));
        this.byId = found;
    }

    public List<Grant> all() {
        return all;
    }

    /** Those of the principal that give something. */
    public List<Grant> inForce(Principal who) {
        return all.isEmpty()
                ? List.of()
                : of(who).stream().filter(Grant::inForce).toList();
    }

    /** Those of the principal that are over, the latest first. */
    List<Grant> over(Principal who) {
        return of(who).stream()
                .filter(grant -> grant.end().isPresent())
                .sorted((one, two) -> two.end()
                        .orElseThrow()
                        .at()
                        .compareTo(one.end().orElseThrow().at()))
                .toList();
    }

    /** Those that the rules of a verdict name. */
    List<Grant> named(List<String> rules) {
        return all.isEmpty()
                ? List.of()
                : rules.stream()
                        .flatMap(rule -> Grant.named(rule).stream())
                        .flatMap(id -> find(id).stream())
                        .toList();
    }

    /** The same with one more. */
    public Grants and(Grant one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return new Grants(more);
    }

    /** What one command has of them at this moment. */
    Grants at(SessionFacts session, long command, Instant now) {
        if (all.isEmpty()) {
            return this;
        }
        List<Grant> own = of(session.principal());
        return own.isEmpty()
                ? NONE
                : new Grants(own.stream()
                        .map(grant -> grant.at(session.id(), command, now))
                        .collect(Collectors.toList()));
    }

    public Optional<Grant> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    private List<Grant> of(Principal who) {
        return byHolder.getOrDefault(Grant.Holder.of(who), List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grants grants && all.equals(grants.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
