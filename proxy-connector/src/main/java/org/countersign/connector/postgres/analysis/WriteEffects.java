package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.connector.postgres.analysis.CatalogFacts.Effect;
import org.countersign.connector.postgres.analysis.CatalogQuestion.Kind;

/** What a write brings about beside itself: triggers, constraints and indexes that call functions, cascades. */
final class WriteEffects {
    private static final long INSERTED = 1 << 2;
    private static final long DELETED = 1 << 3;
    private static final long UPDATED = 1 << 4;

    /** @param events as the catalog marks triggers */
    private record Target(long relation, long events, Set<Integer> updated) {
        boolean deletes() {
            return (events & DELETED) != 0;
        }

        boolean updates() {
            return (events & UPDATED) != 0;
        }

        boolean fires(Effect trigger) {
            long happening = updates() && trigger.rowsMove() ? events | INSERTED | DELETED : events;
            return (trigger.events() & happening) != 0;
        }
    }

    /** Rows of other tables that foreign keys would change; a permission has to cover them too. */
    final Set<NamedAccess> cascades = new LinkedHashSet<>();

    private final CatalogFacts facts;
    private final Routines routines;
    private final Deque<Target> open = new ArrayDeque<>();
    private final Set<Target> seen = new HashSet<>();

    WriteEffects(CatalogFacts facts, Routines routines) {
        this.facts = facts;
        this.routines = routines;
    }

    void add(Map<Long, Set<CommandType>> targets, Set<Column> written) throws TreeException {
        targets.forEach((relation, commands) -> {
            Set<Integer> updated = written.stream()
                    .filter(column -> column.relation() == relation)
                    .map(Column::attribute)
                    .collect(Collectors.toSet());
            open.push(new Target(relation, events(commands), updated));
        });
        while (!open.isEmpty()) {
            Target target = open.pop();
            if (target.relation() < Column.FIRST_USER_OID) {
                throw new TreeException("System catalogs cannot be written.");
            }
            routines.addSupports(target.relation());
            if (seen.add(target) && facts.known(Kind.EFFECTS, target.relation())) {
                for (Effect effect : facts.effects(target.relation())) {
                    apply(effect, target);
                }
            }
        }
    }

    private void apply(Effect effect, Target target) throws TreeException {
        switch (effect.kind()) {
            case "trigger" -> {
                if (target.fires(effect)) {
                    trigger(effect, target);
                }
            }
            case "expression" -> routines.addExpression(effect.text());
            case "compares" -> routines.addUnnamed(Set.of(effect.number()));
            case "delete cascades" -> {
                if (target.deletes()) {
                    cascades.add(new NamedAccess("delete", effect.number(), Set.of()));
                    open.push(new Target(effect.number(), DELETED, Set.of()));
                }
            }
            case "delete updates" -> {
                if (target.deletes()) {
                    updateReferring(effect);
                }
            }
            case "update updates" -> {
                Set<Integer> keys = numbers(effect.version());
                if (target.updates() && keys.stream().anyMatch(target.updated()::contains)) {
                    updateReferring(effect);
                }
            }
            case "foreign" -> throw new TreeException("Foreign tables cannot be written.");
            default -> throw new TreeException("The target's catalog answered an unknown effect.");
        }
    }

    private static long events(Set<CommandType> commands) {
        return (commands.contains(CommandType.INSERT) ? INSERTED : 0)
                | (commands.contains(CommandType.DELETE) ? DELETED : 0)
                | (commands.contains(CommandType.UPDATE) ? UPDATED : 0);
    }

    private void trigger(Effect effect, Target target) throws TreeException {
        if (facts.known(Kind.RELATIONS, target.relation())) {
            String relation = facts.relation(target.relation()).name();
            routines.addTrigger(effect.number(), "trigger " + effect.text() + " on " + relation, effect.version());
        }
    }

    private void updateReferring(Effect effect) {
        Set<Integer> columns = numbers(effect.text());
        cascades.add(new NamedAccess("update", effect.number(), columns));
        open.push(new Target(effect.number(), UPDATED, columns));
    }

    /** {@code {1,2}} */
    private static Set<Integer> numbers(String array) {
        return Arrays.stream(array.replace("{", "").replace("}", "").split(","))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
