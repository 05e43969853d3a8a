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
    private record Target(long relation, boolean deletes, boolean updates, Set<Integer> updated) {}

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
            boolean deletes = commands.contains(CommandType.DELETE);
            open.push(new Target(relation, deletes, commands.contains(CommandType.UPDATE), updated));
        });
        while (!open.isEmpty()) {
            Target target = open.pop();
            if (target.relation() < Column.FIRST_USER_OID) {
                throw new TreeException("System catalogs cannot be written.");
            }
            if (seen.add(target) && facts.known(Kind.EFFECTS, target.relation())) {
                for (Effect effect : facts.effects(target.relation())) {
                    apply(effect, target);
                }
            }
        }
    }

    private void apply(Effect effect, Target target) throws TreeException {
        switch (effect.kind()) {
            case "trigger" -> trigger(effect, target);
            case "expression" -> routines.add(Routines.expression(effect.text()), false);
            case "delete cascades" -> {
                if (target.deletes()) {
                    cascades.add(new NamedAccess("delete", effect.number(), Set.of()));
                    open.push(new Target(effect.number(), true, false, Set.of()));
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

    private void trigger(Effect effect, Target target) throws TreeException {
        if (facts.known(Kind.RELATIONS, target.relation())) {
            String relation = facts.relation(target.relation()).name();
            routines.addTrigger(effect.number(), "trigger " + effect.text() + " on " + relation, effect.version());
        }
    }

    private void updateReferring(Effect effect) {
        Set<Integer> columns = numbers(effect.text());
        cascades.add(new NamedAccess("update", effect.number(), columns));
        open.push(new Target(effect.number(), false, true, columns));
    }

    /** {@code {1,2}} */
    private static Set<Integer> numbers(String array) {
        return Arrays.stream(array.replace("{", "").replace("}", "").split(","))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
