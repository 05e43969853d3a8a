package org.countersign.connector.clients;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countersign.connector.clients.JpaModel.Mood;
import org.hibernate.Session;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.type.SqlTypes;

/** Hibernate's types and mappings beyond the standard. */
final class HibernateTypes {
    private HibernateTypes() {}

    /** A document kept as json. */
    record Document(String title, List<Integer> pages, Map<String, String> words) {}

    @Entity(name = "Everything")
    @Table(name = "everything")
    @FilterDef(name = "small", defaultCondition = "id < 3")
    @Filter(name = "small")
    static class Everything {
        @Id
        Long id;

        @JdbcTypeCode(SqlTypes.JSON)
        Document document;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Object> words;

        int[] numbers;
        String[] texts;
        List<String> listed;
        List<Instant> moments;

        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        Mood mood;

        @JdbcTypeCode(SqlTypes.INTERVAL_SECOND)
        Duration duration;

        @JdbcTypeCode(SqlTypes.INET)
        InetAddress address;

        OffsetDateTime shifted;
        Instant instant;
        ZonedDateTime zoned;
        LocalTime clock;
        Year season;
        Character letter;
        Float ratio;
        Short small;
        Byte tiny;

        @Lob
        @Basic(fetch = FetchType.LAZY)
        @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
        byte[] bytes;

        @Lob
        @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
        String longText;

        @Formula("id * 10")
        Long tenfold;

        @Generated
        @Column(
                columnDefinition = "integer generated always as (length(coalesce(long_text, ''))) stored",
                insertable = false,
                updatable = false)
        Integer measured;

        @Override
        public String toString() {
            return id + " " + document + " " + words + " " + Arrays.toString(numbers) + " " + Arrays.toString(texts)
                    + " "
                    + listed + " " + moments + " " + mood + " " + duration + " " + address + " " + shifted + " "
                    + instant
                    + " " + zoned + " " + clock + " " + season + " " + letter + " " + ratio + " " + small + " " + tiny
                    + " "
                    + JpaTranscript.shown(bytes) + " " + longText + " " + tenfold + " " + measured;
        }
    }

    @Entity(name = "Shelf")
    @Table(name = "shelf")
    static class Shelf {
        @Id
        @GeneratedValue
        Long id;

        @NaturalId
        String code;

        @OneToMany(mappedBy = "shelf")
        @BatchSize(size = 3)
        List<Item> items = new ArrayList<>();

        @OneToMany(mappedBy = "reserve")
        @Fetch(FetchMode.SUBSELECT)
        List<Item> reserves = new ArrayList<>();
    }

    @Entity(name = "Item")
    @Table(name = "item")
    @SoftDelete(columnName = "gone")
    static class Item {
        @Id
        @GeneratedValue
        Long id;

        String label;

        @ManyToOne
        Shelf shelf;

        @ManyToOne
        Shelf reserve;
    }

    /** Kept in large objects, as drivers keep them by default. */
    @Entity(name = "Attachment")
    @Table(name = "attachment")
    static class Attachment {
        @Id
        Long id;

        @Lob
        String text;

        @Lob
        byte[] data;
    }

    static List<Class<?>> classes() {
        return List.of(Everything.class, Shelf.class, Item.class, Attachment.class);
    }

    static Map<String, JpaTranscript.Operation> all() {
        var all = new LinkedHashMap<String, JpaTranscript.Operation>();
        all.put("types of its own", HibernateTypes::types);
        all.put("types that change", HibernateTypes::change);
        all.put("types in bulk", HibernateTypes::bulk);
        all.put("filter", HibernateTypes::filter);
        all.put("batches of collections", HibernateTypes::batches);
        all.put("natural key", HibernateTypes::natural);
        all.put("soft delete", HibernateTypes::softly);
        all.put("large objects", HibernateTypes::largeObjects);
        all.put("without a session's state", HibernateTypes::stateless);
        return all;
    }

    private static void types(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            for (long id = 1; id <= 4; id++) {
                manager.persist(everything(id));
            }
            var empty = new Everything();
            empty.id = 5L;
            manager.persist(empty);
        });
        out.transaction(entities, manager -> {
            out.all(manager.createQuery("from Everything e order by e.id"));
            out.line(manager.find(Everything.class, 2L));
        });
    }

    private static Everything everything(long id) throws Exception {
        var one = new Everything();
        one.id = id;
        one.document = new Document("ünï " + id, List.of(1, (int) id), Map.of("a\"b", "c\\d"));
        one.words = Map.of("number", 1.5);
        one.numbers = new int[] {1, (int) id, -3};
        one.texts = new String[] {"a", null, "NULL", "", "q\"uo,te"};
        one.listed = List.of("x", "y" + id);
        one.moments = List.of(Instant.parse("2026-02-03T04:05:06.123456Z"));
        one.mood = id % 2 == 0 ? Mood.CALM : Mood.STORMY;
        one.duration = Duration.ofSeconds(90 * id, 5_000_000);
        one.address = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) id});
        one.shifted = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6_000, ZoneOffset.ofHours(2));
        one.instant = Instant.ofEpochSecond(1_700_000_000L + id);
        one.zoned = one.shifted.toZonedDateTime();
        one.clock = LocalTime.of(1, 2, 3);
        one.season = Year.of(2020);
        one.letter = 'ü';
        one.ratio = 0.1f;
        one.small = (short) id;
        one.tiny = (byte) id;
        one.bytes = new byte[] {0, (byte) 0xff, (byte) id};
        one.longText = "long ".repeat((int) id);
        return one;
    }

    private static void change(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Everything one = manager.find(Everything.class, 1L);
            one.document = new Document("changed", List.of(), Map.of());
            one.numbers = new int[0];
            one.texts = null;
            one.mood = Mood.CALM;
            one.longText = "changed";
            manager.flush();
            out.line(one.measured);
        });
        out.transaction(entities, manager -> out.line(manager.find(Everything.class, 1L)));
    }

    private static void bulk(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.line(manager.createQuery("update Everything e set e.numbers = :numbers, e.mood = :mood where e.id = 3")
                    .setParameter("numbers", new int[] {7, 8})
                    .setParameter("mood", Mood.CALM)
                    .executeUpdate());
            out.all(manager.createQuery("select e.numbers, e.mood, e.document from Everything e where e.id = 3"));
            out.all(manager.createQuery("select e.id from Everything e where e.mood = :mood order by e.id")
                    .setParameter("mood", Mood.CALM));
        });
    }

    private static void filter(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            manager.unwrap(Session.class).enableFilter("small");
            out.all(manager.createQuery("select e.id from Everything e order by e.id"));
        });
    }

    private static void batches(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            for (int i = 0; i < 7; i++) {
                var shelf = new Shelf();
                shelf.code = "S" + i;
                manager.persist(shelf);
                for (int j = 0; j < 3; j++) {
                    var item = new Item();
                    item.label = "item " + i + " " + j;
                    item.shelf = shelf;
                    item.reserve = j == 0 ? shelf : null;
                    manager.persist(item);
                }
            }
        });
        out.transaction(entities, manager -> {
            for (Shelf shelf : manager.createQuery("from Shelf s order by s.id", Shelf.class)
                    .getResultList()) {
                out.line(shelf.code + " " + shelf.items.size() + " " + shelf.reserves.size());
            }
        });
    }

    private static void natural(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            var session = manager.unwrap(Session.class);
            out.line(session.bySimpleNaturalId(Shelf.class).load("S3").id);
            out.line(session.bySimpleNaturalId(Shelf.class).loadOptional("none"));
        });
    }

    private static void softly(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> manager.remove(manager.find(Item.class, 1L)));
        out.transaction(entities, manager -> {
            out.line(manager.find(Item.class, 1L));
            out.all(manager.createQuery("select count(i) from Item i"));
            out.all(manager.createNativeQuery("select count(*), count(*) filter (where gone) from item"));
        });
    }

    private static void largeObjects(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            var attachment = new Attachment();
            attachment.id = 1L;
            attachment.text = "text";
            attachment.data = new byte[] {1, 2, 3};
            manager.persist(attachment);
        });
        out.transaction(entities, manager -> {
            Attachment attachment = manager.find(Attachment.class, 1L);
            out.line(attachment == null ? null : attachment.text + " " + JpaTranscript.shown(attachment.data));
        });
    }

    private static void stateless(EntityManagerFactory entities, JpaTranscript out) {
        out.attempt(() -> {
            try (var session =
                    entities.unwrap(org.hibernate.SessionFactory.class).openStatelessSession()) {
                var transaction = session.beginTransaction();
                var shelf = new Shelf();
                shelf.code = "stateless";
                out.line(session.insert(shelf));
                shelf.code = "changed";
                session.update(shelf);
                session.upsert(shelf);
                out.line(session.get(Shelf.class, shelf.id).code);
                session.delete(shelf);
                transaction.commit();
            }
        });
    }

    /** Takes away what an update of the schema then has to add. */
    static void cripple(Endpoint endpoint, JpaTranscript out) {
        out.attempt(() -> {
            try (Connection connection = DriverManager.getConnection(endpoint.url());
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "alter table everything drop column numbers; drop table book_tag; drop index author_name");
            }
        });
    }
}
