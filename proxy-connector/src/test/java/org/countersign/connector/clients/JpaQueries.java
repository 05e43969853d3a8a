package org.countersign.connector.clients;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.ParameterMode;
import jakarta.persistence.StoredProcedureQuery;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaDelete;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Root;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countersign.connector.clients.JpaModel.Author;
import org.countersign.connector.clients.JpaModel.Book;
import org.countersign.connector.clients.JpaModel.Mood;
import org.countersign.connector.clients.JpaModel.Tag;

/** What programs ask: in the language of Jakarta Persistence, by criteria, in SQL and by procedures. */
final class JpaQueries {
    private static final List<String> QUERIES = List.of(
            "select a from Author a order by a.id",
            "select a.name, a.born from Author a where a.mood = org.countersign.connector.clients.JpaModel$Mood.CALM",
            "select distinct a.address.city from Author a where a.address.city is not null order by a.address.city",
            "select a from Author a where a.name like 'A%' escape '!' and a.royalty between 100 and 100000 order by a.id",
            "select a from Author a where a.born > {d '1901-06-01'} order by a.id",
            "select b from Book b where b.author.name = 'Behind' order by b.title",
            "select b.title, a.name from Book b join b.author a where a.id < 4 order by b.title, a.name",
            "select a.name, count(b) from Author a left join a.books b group by a.name having count(b) > 0 order by a.name",
            "select a from Author a where a.books is empty order by a.id",
            "select a.name from Author a where size(a.books) > 1 order by a.name",
            "select b.title from Book b where :tag member of b.tags order by b.title",
            "select a.name from Author a where exists (select b from Book b where b.author = a and b.pages > 200)"
                    + " order by a.name",
            "select b.title from Book b where b.price > (select avg(c.price) from Book c) order by b.title",
            "select b.title from Book b where b.price >= all (select c.price from Book c)",
            "select max(b.price), min(b.weight), avg(b.pages), sum(b.pages), count(distinct b.author) from Book b",
            "select case when b.pages > 200 then 'long' when b.pages is null then 'unknown' else 'short' end, b.title"
                    + " from Book b order by b.title",
            "select coalesce(b.pages, 0), nullif(b.pages, 301), b.title from Book b order by b.title",
            "select upper(a.name), lower(a.name), length(a.name), concat(a.name, '!'), substring(a.name, 2, 3),"
                    + " trim(a.name), locate('u', a.name) from Author a order by a.id",
            "select abs(b.pages), mod(b.pages, 7), sqrt(b.pages) from Book b where b.pages > 0 order by b.id",
            "select b.title, entry(l) from Book b join b.author a join a.links l order by b.title, key(l)",
            "select n from Author a join a.nicknames n order by n",
            "select index(n), n from Author a join a.nicknames n order by n",
            "select new org.countersign.connector.clients.JpaQueries$Named(a.id, a.name) from Author a order by a.id",
            "select a from Author a join fetch a.nicknames where a.id = 2",
            "select distinct a from Author a left join fetch a.books where a.id < 4 order by a.id",
            "select count(a) from Author a where a.id in (1, 2, 3)",
            "select a.id from Author a where a.id in (select b.author.id from Book b) order by a.id",
            "select a.name from Author a where not (a.name = 'Behind' or a.email is null) order by a.name",
            "select a.version + 1, a.royalty * 2, a.royalty / 4 from Author a order by a.id",
            "select t.name from Tag t where t.name not like 'tag%' order by t.name desc",
            "select a from Author a where a.no_such = 1",
            "selekt a from Author a");

    private JpaQueries() {}

    /** What a query makes of its columns. */
    public record Named(Long id, String name) {}

    static Map<String, JpaTranscript.Operation> all() {
        var all = new LinkedHashMap<String, JpaTranscript.Operation>();
        for (String query : QUERIES) {
            all.put("query " + query, (entities, out) -> ask(entities, out, query));
        }
        all.put("parameters", JpaQueries::parameters);
        all.put("pages of results", JpaQueries::pages);
        all.put("single results", JpaQueries::single);
        all.put("streams", JpaQueries::streams);
        all.put("entity graph", JpaQueries::graph);
        all.put("flush before a query", JpaQueries::flush);
        all.put("criteria", JpaQueries::criteria);
        all.put("criteria that join and group", JpaQueries::grouping);
        all.put("criteria that change", JpaQueries::changing);
        all.put("bulk update and delete", JpaQueries::bulk);
        all.put("native queries", JpaQueries::nativeQueries);
        all.put("native errors", JpaQueries::nativeErrors);
        all.put("functions", JpaQueries::functions);
        all.put("procedures", JpaQueries::procedures);
        return all;
    }

    private static void ask(EntityManagerFactory entities, JpaTranscript out, String text) {
        out.transaction(entities, manager -> {
            var query = manager.createQuery(text);
            if (text.contains(":tag")) {
                query.setParameter("tag", manager.getReference(Tag.class, "novel"));
            }
            out.all(query);
        });
    }

    private static void parameters(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.all(manager.createQuery("select a.name from Author a where a.id = ?1 or a.name = ?2 order by a.id")
                    .setParameter(1, 1L)
                    .setParameter(2, "Behind"));
            out.all(manager.createQuery(
                            "select a.id from Author a where a.mood = :mood and a.born < :day order by a.id")
                    .setParameter("mood", Mood.CALM)
                    .setParameter("day", LocalDate.of(1950, 1, 1)));
            out.all(manager.createQuery(
                            "select b.id from Book b where b.author.id in :ids and b.price > :price order by b.id")
                    .setParameter("ids", List.of(1L, 2L, 3L))
                    .setParameter("price", BigDecimal.ONE));
            out.all(manager.createQuery("select a.id from Author a where a.royalty > :least order by a.id")
                    .setParameter("least", new BigDecimal("0.001")));
        });
    }

    private static void pages(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            for (int page = 0; page < 3; page++) {
                out.all(manager.createQuery("select b.title from Book b order by b.title, b.id")
                        .setFirstResult(page * 4)
                        .setMaxResults(4));
            }
            out.all(manager.createQuery("select distinct a from Author a left join fetch a.books order by a.id")
                    .setMaxResults(2));
            out.all(manager.createQuery("select t.name from Tag t order by t.name")
                    .setFirstResult(10));
        });
    }

    private static void single(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.line(manager.createQuery("select count(t) from Tag t", Long.class)
                    .getSingleResult());
            out.attempt(() -> manager.createQuery("select t from Tag t where t.name = 'none'", Tag.class)
                    .getSingleResult());
            out.attempt(
                    () -> manager.createQuery("select t from Tag t", Tag.class).getSingleResult());
        });
    }

    private static void streams(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            try (var titles = manager.createQuery("select b.title from Book b order by b.title, b.id", String.class)
                    .setHint("org.hibernate.fetchSize", 5)
                    .setHint("eclipselink.jdbc.fetch-size", 5)
                    .getResultStream()) {
                out.line(titles.limit(12).toList());
            }
        });
    }

    private static void graph(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            var graph = manager.createEntityGraph(Author.class);
            graph.addAttributeNodes("name", "nicknames", "books");
            Author author = manager.find(Author.class, 2L, Map.of("jakarta.persistence.fetchgraph", graph));
            out.line(author.nicknames);
            out.line(author.books);
        });
    }

    private static void flush(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            manager.persist(new Tag("flushed"));
            out.all(manager.createQuery("select t from Tag t where t.name = 'flushed'"));
            manager.persist(new Tag("late"));
            out.all(manager.createQuery("select t from Tag t where t.name = 'late'")
                    .setFlushMode(FlushModeType.COMMIT));
        });
    }

    private static void criteria(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            CriteriaBuilder builder = manager.getCriteriaBuilder();
            CriteriaQuery<Author> query = builder.createQuery(Author.class);
            Root<Author> author = query.from(Author.class);
            query.select(author)
                    .where(builder.and(
                            builder.like(author.get("name"), "%e%"),
                            builder.or(
                                    builder.greaterThan(author.get("id"), 1L), builder.isNotNull(author.get("mood")))))
                    .orderBy(builder.desc(author.get("id")));
            out.all(manager.createQuery(query));
            CriteriaQuery<Tuple> tuples = builder.createTupleQuery();
            Root<Book> book = tuples.from(Book.class);
            tuples.multiselect(
                            book.get("title").alias("title"),
                            builder.prod(book.<Number>get("pages"), 2).alias("double"),
                            builder.<Object>selectCase()
                                    .when(builder.gt(book.get("pages"), 200), "long")
                                    .otherwise("short")
                                    .alias("length"))
                    .where(builder.between(book.get("price"), new BigDecimal("1"), new BigDecimal("20")))
                    .orderBy(builder.asc(book.get("title")), builder.asc(book.get("id")));
            for (Tuple tuple : manager.createQuery(tuples).setMaxResults(6).getResultList()) {
                out.line(tuple.get("title") + " " + tuple.get("double") + " " + tuple.get("length"));
            }
        });
    }

    private static void grouping(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            CriteriaBuilder builder = manager.getCriteriaBuilder();
            CriteriaQuery<Object[]> query = builder.createQuery(Object[].class);
            Root<Author> author = query.from(Author.class);
            var book = author.join("books", JoinType.LEFT);
            query.multiselect(author.get("name"), builder.count(book), builder.max(book.<BigDecimal>get("price")))
                    .groupBy(author.get("name"))
                    .having(builder.ge(builder.count(book), 1))
                    .orderBy(builder.asc(author.get("name")));
            out.all(manager.createQuery(query));
            CriteriaQuery<Long> counted = builder.createQuery(Long.class);
            Root<Book> books = counted.from(Book.class);
            var inner = counted.subquery(Long.class);
            Root<Author> writers = inner.from(Author.class);
            inner.select(writers.get("id")).where(builder.equal(writers.get("name"), "Behind"));
            counted.select(builder.count(books))
                    .where(books.get("author").get("id").in(inner));
            out.all(manager.createQuery(counted));
        });
    }

    private static void changing(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            CriteriaBuilder builder = manager.getCriteriaBuilder();
            CriteriaUpdate<Book> update = builder.createCriteriaUpdate(Book.class);
            Root<Book> book = update.from(Book.class);
            update.set(book.<Integer>get("pages"), builder.sum(book.<Integer>get("pages"), 1))
                    .where(builder.like(book.get("title"), "Serial%"));
            out.line(manager.createQuery(update).executeUpdate());
            CriteriaDelete<Tag> delete = builder.createCriteriaDelete(Tag.class);
            delete.where(builder.equal(delete.from(Tag.class).get("name"), "tag 3"));
            out.line(manager.createQuery(delete).executeUpdate());
        });
    }

    private static void bulk(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.line(manager.createQuery("update Book b set b.price = b.price * 1.1 where b.pages > :pages")
                    .setParameter("pages", 10)
                    .executeUpdate());
            out.line(manager.createQuery("update Vehicle v set v.plate = 'bulk' where v.plate like 'C%'")
                    .executeUpdate());
            out.line(manager.createQuery("delete from Truck t where t.load > 1").executeUpdate());
            out.line(manager.createQuery("delete from Tag t where t.name like 'tag %'")
                    .executeUpdate());
            out.line(manager.createQuery("delete from Payment p").executeUpdate());
        });
    }

    private static void nativeQueries(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.all(manager.createNativeQuery("select * from author where id = ?", Author.class)
                    .setParameter(1, 2));
            out.all(manager.createNativeQuery("select name, row_number() over (order by id) from author order by id"));
            out.all(manager.createNativeQuery(
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 4)"
                            + " select i, i * i from n"));
            out.all(manager.createNativeQuery("select title, published, price, cover from book order by id limit 3"));
            out.line(manager.createNativeQuery("insert into tag (name) values (?) on conflict do nothing")
                    .setParameter(1, "novel")
                    .executeUpdate());
            out.all(manager.createNativeQuery("insert into tag values ('returned') returning name, length(name)"));
            out.all(manager.createNativeQuery(
                    "select true, 1::smallint, 2::bigint, 1.5::real, 2.5, 'x', '2026-01-02'::date,"
                            + " '10:11:12'::time, '2026-01-02 03:04:05'::timestamp, null::text"));
        });
    }

    private static void nativeErrors(EntityManagerFactory entities, JpaTranscript out) {
        for (String sql : List.of(
                "select 1 / 0",
                "select * from no_such",
                "selec 1",
                "select no_such from author",
                "select no_such(1)",
                "insert into author (id) values ('x')")) {
            out.transaction(entities, manager -> out.all(manager.createNativeQuery(sql)));
        }
    }

    private static void functions(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.all(manager.createQuery("select function('initcap', a.name) from Author a order by a.id"));
            out.all(manager.createQuery("select function('round', b.price, 1) from Book b order by b.id")
                    .setMaxResults(3));
            out.all(manager.createQuery(
                    "select a.id from Author a where function('md5', a.name) is not null order by a.id"));
        });
    }

    private static void procedures(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            manager.createNativeQuery(
                            "create function jpa_doubled(i integer) returns integer language sql as 'select i * 2'")
                    .executeUpdate();
            manager.createNativeQuery("create procedure jpa_renaming(of bigint, inout name text) language plpgsql as"
                            + " 'begin update author set name = jpa_renaming.name where id = jpa_renaming.of;"
                            + " name := upper(name); end'")
                    .executeUpdate();
        });
        out.transaction(
                entities,
                manager -> out.all(
                        manager.createNativeQuery("select jpa_doubled(?)").setParameter(1, 21)));
        out.transaction(entities, manager -> called(manager, out));
    }

    private static void called(EntityManager manager, JpaTranscript out) {
        StoredProcedureQuery query = manager.createStoredProcedureQuery("jpa_renaming")
                .registerStoredProcedureParameter("of", Long.class, ParameterMode.IN)
                .registerStoredProcedureParameter("name", String.class, ParameterMode.INOUT)
                .setParameter("of", 1L)
                .setParameter("name", "renamed");
        query.execute();
        out.line(query.getOutputParameterValue("name"));
    }
}
