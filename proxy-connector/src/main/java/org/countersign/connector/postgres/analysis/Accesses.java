package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.connector.postgres.analysis.CatalogFacts.Attribute;
import org.countersign.connector.postgres.analysis.CatalogFacts.Relation;
import org.countersign.connector.postgres.analysis.CatalogQuestion.Kind;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Resource;

/** Gives the accesses their names; what drivers read from the system catalogs needs none. */
final class Accesses {
    private record Key(String verb, String relation) {}

    private final CatalogFacts facts;
    private final Map<Key, Set<String>> columns = new LinkedHashMap<>();

    Accesses(CatalogFacts facts) {
        this.facts = facts;
    }

    void add(Collection<NamedAccess> accesses) throws TreeException {
        for (NamedAccess access : accesses) {
            boolean named = facts.known(Kind.RELATIONS, access.relation());
            if (facts.known(Kind.ATTRIBUTES, access.relation()) && named) {
                add(access);
            }
        }
    }

    /** One access per action and relation: a table that is named twice needs the columns of both places. */
    List<Access> all() {
        List<Access> all = new ArrayList<>();
        columns.forEach((key, names) ->
                all.add(new Access(Action.sql(key.verb()), new Resource.Relation(key.relation(), names))));
        return all;
    }

    private void add(NamedAccess access) throws TreeException {
        Relation relation = facts.relation(access.relation());
        Set<String> names = new TreeSet<>();
        for (int attribute : access.attributes()) {
            names.add(name(access.relation(), attribute));
        }
        boolean catalog = access.relation() < Column.FIRST_USER_OID
                && (relation.schema().equals("pg_catalog") || relation.schema().equals("information_schema"));
        if (catalog && access.verb().equals("select") && BuiltIns.readable(relation.name(), names)) {
            return;
        }
        columns.computeIfAbsent(new Key(access.verb(), relation.name()), key -> new TreeSet<>())
                .addAll(names);
    }

    private String name(long relation, int number) throws TreeException {
        if (number == Column.WHOLE_ROW) {
            return Resource.WHOLE_ROW;
        }
        Attribute attribute = facts.attributes(relation).get(number);
        if (attribute == null) {
            throw new TreeException("The statement uses a column that the target's catalog does not have.");
        }
        return attribute.name();
    }
}
