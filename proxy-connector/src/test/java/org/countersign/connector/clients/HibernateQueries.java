package org.countersign.connector.clients;

import jakarta.persistence.EntityManagerFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;

/** Hibernate's own language: windows, sets, common tables, json, arrays, and changes with conflicts. */
final class HibernateQueries {
    private static final List<String> QUERIES = List.of(
            "select b.title, row_number() over (partition by b.author.id order by b.id) from Book b order by b.id",
            "select b.title, rank() over (order by b.price desc), lag(b.price, 1) over (order by b.id) from Book b order by b.id",
            "select b.title, sum(b.price) over (order by b.id rows between 2 preceding and current row) from Book b order by b.id",
            "select b.title, first_value(b.title) over (order by b.id), ntile(3) over (order by b.id) from Book b order by b.id",
            "select percentile_cont(0.5) within group (order by b.weight) from Book b",
            "select mode() within group (order by b.pages) from Book b",
            "select count(b) filter (where b.pages > 100), sum(b.pages) filter (where b.printed) from Book b",
            "select listagg(b.title, ', ') within group (order by b.title desc) from Book b where b.pages > 100",
            "select every(b.weight > 0), any(b.printed) from Book b",
            "select t.name from Tag t union select a.name from Author a order by 1",
            "select t.name from Tag t intersect select t.name from Tag t where t.name like 'n%'",
            "select t.name from Tag t except select t.name from Tag t where t.name like 'n%' order by 1",
            "with pages as (select b.id id, b.pages pages from Book b where b.pages is not null)"
                    + " select max(p.pages), count(*) from pages p",
            "with numbers as (select 1 n union all select x.n + 1 n from numbers x where x.n < 5) select sum(y.n) from numbers y",
            "select l.title from Author a join lateral (select b.title title from Book b where b.author = a order by b.id limit 1) l"
                    + " order by l.title",
            "select g from generate_series(1, 4) g",
            "select u from Everything e join lateral unnest(e.listed) u order by 1",
            "select array_length(e.numbers), array_contains(e.listed, 'x'), array_get(e.texts, 1) from Everything e order by e.id",
            "select array_agg(b.title) within group (order by b.title) from Book b where b.pages > 100",
            "select array_append(e.numbers, 4), array_to_string(e.texts, '|') from Everything e order by e.id",
            "select extract(year from b.published), extract(epoch from b.published), month(b.published) from Book b order by b.id",
            "select b.published + 3 day, b.published - 1 hour from Book b order by b.id limit 3",
            "select trunc(b.published, month), format(b.published as 'yyyy-MM-dd') from Book b order by b.id limit 3",
            "select cast(b.price as String), cast(b.pages as Long), str(b.weight) from Book b order by b.id limit 3",
            "select left(b.title, 3), right(b.title, 3), replace(b.title, 'o', '0'), overlay(b.title placing 'x' from 2 for 1),"
                    + " lpad(b.title, 20, '.'), repeat('x', 3) from Book b order by b.id limit 3",
            "select floor(b.price), ceiling(b.price), round(b.price, 1), power(b.weight, 2), sign(b.pages), greatest(b.pages, 2)"
                    + " from Book b order by b.id limit 3",
            "select b.title from Book b where b.title ilike '%SERIAL%' order by b.id offset 3 rows fetch next 2 rows only",
            "select b.title from Book b where (b.pages, b.printed) in ((101, true), (202, true), (1, false)) order by b.id",
            "select a.name, (select count(b) from Book b where b.author = a) from Author a order by a.id",
            "select b.author.id, b.printed, count(b) from Book b group by rollup(b.author.id, b.printed) order by 1, 2",
            "select a from Author a where a.mood is distinct from CALM order by a.id nulls first",
            "select b.pages from Book b order by b.pages desc nulls last, b.id limit 5",
            "from Vehicle v order by v.id",
            "select collate(t.name as `C`) from Tag t order by 1",
            "select sql('pg_typeof(?)::text', b.price) from Book b order by b.id limit 1",
            "select json_value(e.document, '$.title'), json_exists(e.document, '$.pages') from Everything e order by e.id",
            "select json_object('a': b.title, 'b': b.pages) from Book b order by b.id limit 3",
            "select json_arrayagg(b.pages) from Book b where b.pages < 5");
    private static final List<String> CHANGES = List.of(
            "insert into Tag (name) values ('inserted'), ('twice')",
            "insert into Tag (name) values ('twice') on conflict do nothing",
            "insert into Device (id, label) select cast('00000000-0000-1000-8000-00000000000a' as java.util.UUID), 'copied' from Tag t"
                    + " where t.name = 'twice'",
            "insert into Device (id, label) values (cast('00000000-0000-1000-8000-00000000000a' as java.util.UUID), 'new')"
                    + " on conflict (id) do update set label = excluded.label",
            "update Book b set b.pages = 7 where b.author.name = 'Behind'",
            "update Author a set a.address.city = (select max(t.name) from Tag t) where a.id = 2",
            "update versioned Author a set a.name = upper(a.name) where a.id = 2",
            "update Car c set c.seats = c.seats + 1 where c.seats < 3",
            "delete from Car c where c.seats = 1",
            "delete from Book b where b.author is null");

    private HibernateQueries() {}

    static Map<String, JpaTranscript.Operation> all() {
        var all = new LinkedHashMap<String, JpaTranscript.Operation>();
        for (String query : QUERIES) {
            all.put(
                    "hql " + query,
                    (entities, out) -> out.transaction(
                            entities,
                            manager -> out.each(manager.unwrap(Session.class)
                                    .createSelectionQuery(query, Object.class)
                                    .getResultList())));
        }
        for (String change : CHANGES) {
            all.put(
                    "hql " + change,
                    (entities, out) -> out.transaction(
                            entities,
                            manager -> out.line(manager.createQuery(change).executeUpdate())));
        }
        all.put("scrolling", HibernateQueries::scroll);
        all.put("work on the connection", HibernateQueries::work);
        return all;
    }

    private static void scroll(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            for (ScrollMode mode : List.of(ScrollMode.FORWARD_ONLY, ScrollMode.SCROLL_INSENSITIVE)) {
                try (ScrollableResults<String> titles = manager.unwrap(Session.class)
                        .createSelectionQuery("select b.title from Book b order by b.id", String.class)
                        .setFetchSize(3)
                        .scroll(mode)) {
                    while (titles.next()) {
                        out.line(titles.get());
                    }
                    if (mode == ScrollMode.SCROLL_INSENSITIVE) {
                        out.line(titles.first() + " " + titles.get() + " " + titles.last() + " " + titles.get());
                    }
                }
            }
        });
    }

    private static void work(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(
                entities,
                manager -> manager.unwrap(Session.class).doWork(connection -> {
                    var savepoint = connection.setSavepoint("here");
                    try (var statement = connection.createStatement()) {
                        out.line(statement.executeUpdate("update tag set name = name"));
                    }
                    connection.rollback(savepoint);
                    out.line(connection.getMetaData().getDatabaseProductName());
                }));
    }
}
