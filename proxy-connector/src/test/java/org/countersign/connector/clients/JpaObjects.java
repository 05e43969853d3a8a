package org.countersign.connector.clients;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.countersign.connector.clients.JpaModel.Address;
import org.countersign.connector.clients.JpaModel.Author;
import org.countersign.connector.clients.JpaModel.Book;
import org.countersign.connector.clients.JpaModel.Car;
import org.countersign.connector.clients.JpaModel.CardPayment;
import org.countersign.connector.clients.JpaModel.Device;
import org.countersign.connector.clients.JpaModel.Mood;
import org.countersign.connector.clients.JpaModel.Payment;
import org.countersign.connector.clients.JpaModel.Tag;
import org.countersign.connector.clients.JpaModel.Ticket;
import org.countersign.connector.clients.JpaModel.Transfer;
import org.countersign.connector.clients.JpaModel.Truck;
import org.countersign.connector.clients.JpaModel.Vehicle;

/** What programs do with single objects: keep, find, change, load and remove them. */
final class JpaObjects {
    private static final UUID DEVICE = UUID.fromString("00000000-0000-1000-8000-000000000001");

    private JpaObjects() {}

    static Map<String, JpaTranscript.Operation> all() {
        var all = new LinkedHashMap<String, JpaTranscript.Operation>();
        all.put("persist with cascades", JpaObjects::persist);
        all.put("find", JpaObjects::find);
        all.put("lazy loading", JpaObjects::lazy);
        all.put("collections of values", JpaObjects::values);
        all.put("collections of entities", JpaObjects::entities);
        all.put("dirty objects", JpaObjects::dirty);
        all.put("merge and detach", JpaObjects::merge);
        all.put("refresh", JpaObjects::refresh);
        all.put("joined inheritance", JpaObjects::joined);
        all.put("single table inheritance", JpaObjects::singleTable);
        all.put("keys of the program", JpaObjects::keys);
        all.put("keys of the library", JpaObjects::madeKeys);
        all.put("unique violation", JpaObjects::unique);
        all.put("not null violation", JpaObjects::notNull);
        all.put("too long", JpaObjects::tooLong);
        all.put("foreign key violation", JpaObjects::foreignKey);
        all.put("rolled back by hand", JpaObjects::rollBack);
        all.put("many inserts", JpaObjects::many);
        all.put("nulls", JpaObjects::nulls);
        all.put("remove", JpaObjects::remove);
        return all;
    }

    /** The authors that all other operations find. */
    static void persist(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            for (String tag : List.of("novel", "poems", "ünï")) {
                manager.persist(new Tag(tag));
            }
            manager.flush();
            for (int i = 1; i <= 4; i++) {
                var author = new Author("Author " + i, "author" + i + "@books.example");
                author.mood = i % 2 == 0 ? Mood.CALM : Mood.STORMY;
                author.born = LocalDate.of(1900 + i, i, 2 * i);
                author.royalty = new BigDecimal("1000.25").multiply(BigDecimal.valueOf(i));
                author.address = new Address("Street " + i, i % 2 == 0 ? "Oslo" : "Bern");
                author.nicknames.addAll(List.of("nick " + i, "nack " + i));
                author.links.put("web", "https://author.example/" + i);
                for (int j = 1; j <= i; j++) {
                    var book = new Book("Book " + i + "." + j, "1" + i + ".5" + j, i == 3 ? null : 100 * j + i);
                    book.tags.add(manager.find(Tag.class, j % 2 == 0 ? "novel" : "poems"));
                    author.with(book);
                    manager.persist(author);
                    manager.flush();
                }
            }
        });
    }

    static void find(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            out.line(manager.find(Author.class, 1L));
            out.line(manager.find(Author.class, 1L));
            out.line(manager.find(Author.class, 999L));
            out.line(manager.find(Tag.class, "ünï"));
            out.line(manager.contains(manager.getReference(Author.class, 2L)));
        });
    }

    static void lazy(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 3L);
            out.line(author.books.size());
            out.each(author.books);
            Book book = author.books.getFirst();
            out.each(book.tags);
            manager.clear();
            Book again = manager.find(Book.class, book.id);
            out.line(again.author.toString());
            out.line(manager.getEntityManagerFactory().getPersistenceUnitUtil().isLoaded(again, "tags"));
        });
    }

    static void values(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 2L);
            out.line(author.nicknames);
            author.nicknames.add(1, "between");
            author.nicknames.remove("nick 2");
            out.line(author.links);
            author.links.put("mail", "mailto:two");
            author.links.put("web", "changed");
        });
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 2L);
            out.line(author.nicknames + " " + author.links);
            author.links.clear();
        });
    }

    static void entities(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 4L);
            author.books.remove(0);
            Book book = author.books.getFirst();
            book.tags.add(manager.find(Tag.class, "ünï"));
            author.with(new Book("Newer", "5.00", 1));
        });
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 4L);
            author.books.forEach(book -> out.line(book + " " + book.tags));
        });
    }

    static void dirty(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 1L);
            author.royalty = author.royalty.add(BigDecimal.TEN);
            author.address = null;
            manager.flush();
            out.line(author);
            author.mood = null;
        });
        out.transaction(entities, manager -> out.line(manager.find(Author.class, 1L)));
    }

    static void merge(EntityManagerFactory entities, JpaTranscript out) {
        var detached = new Author[1];
        out.transaction(entities, manager -> {
            detached[0] = manager.find(Author.class, 2L);
            out.line(detached[0].nicknames.size() + " " + detached[0].links.size() + " " + detached[0].books.size());
            manager.detach(detached[0]);
        });
        detached[0].name = "Merged";
        out.transaction(entities, manager -> out.line(manager.merge(detached[0]).name));
        out.transaction(entities, manager -> out.line(manager.merge(detached[0]).name));
    }

    static void refresh(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 3L);
            out.line(manager.createNativeQuery("update author set name = 'Behind' where id = 3")
                    .executeUpdate());
            out.line(author.name);
            manager.refresh(author);
            out.line(author.name);
        });
    }

    static void joined(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            for (int i = 0; i < 7; i++) {
                var car = new Car();
                car.plate = "C " + i;
                car.seats = i;
                manager.persist(car);
                var truck = new Truck();
                truck.plate = "T " + i;
                truck.load = i / 4.0;
                manager.persist(truck);
            }
        });
        out.transaction(entities, manager -> {
            out.all(manager.createQuery("select v from Vehicle v order by v.plate"));
            out.all(manager.createQuery("select c from Car c where c.seats > 3 order by c.id"));
            out.all(manager.createQuery("select v.plate from Vehicle v where type(v) = Truck order by v.plate"));
            out.all(manager.createQuery("select treat(v as Car).seats from Vehicle v where treat(v as Car).seats > 4"
                    + " order by v.plate"));
            Vehicle first = manager.find(Vehicle.class, 1L);
            first.plate = "changed";
            manager.remove(manager.find(Vehicle.class, 2L));
        });
    }

    static void singleTable(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            var card = new CardPayment();
            card.amount = new BigDecimal("12.50");
            card.card = "4111";
            manager.persist(card);
            var transfer = new Transfer();
            transfer.amount = new BigDecimal("99.00");
            transfer.account = "NL01";
            manager.persist(transfer);
        });
        out.transaction(entities, manager -> {
            out.all(manager.createQuery("select p from Payment p order by p.id"));
            out.all(manager.createQuery("select t from Transfer t"));
            out.line(manager.find(Payment.class, 1L));
            out.all(manager.createQuery("select type(p), sum(p.amount) from Payment p group by type(p) order by 2"));
        });
    }

    static void keys(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> manager.persist(new Device(DEVICE, "lamp")));
        out.transaction(entities, manager -> out.line(manager.find(Device.class, DEVICE)));
        out.transaction(
                entities,
                manager -> out.all(manager.createQuery("select d.label from Device d where d.id = :id")
                        .setParameter("id", DEVICE)));
        out.transaction(entities, manager -> manager.persist(new Device(DEVICE, "again")));
    }

    static void madeKeys(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            var ticket = new Ticket();
            ticket.seat = "12A";
            manager.persist(ticket);
            manager.flush();
            manager.clear();
            out.line(manager.find(Ticket.class, ticket.id).seat);
        });
    }

    static void unique(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> manager.persist(new Author("Twice", "author1@books.example")));
    }

    static void notNull(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(
                entities,
                manager -> manager.createNativeQuery("insert into author (name, version) values (null, 1)")
                        .executeUpdate());
    }

    static void tooLong(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> manager.persist(new Author("x".repeat(61), null)));
    }

    static void foreignKey(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(
                entities,
                manager -> manager.createQuery("delete from Author a where a.id = 3")
                        .executeUpdate());
    }

    static void rollBack(EntityManagerFactory entities, JpaTranscript out) {
        try (EntityManager manager = entities.createEntityManager()) {
            manager.getTransaction().begin();
            manager.persist(new Tag("never"));
            manager.flush();
            manager.getTransaction().setRollbackOnly();
            out.attempt(() -> manager.getTransaction().commit());
        }
        out.transaction(entities, manager -> out.line(manager.find(Tag.class, "never")));
    }

    static void many(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            Author author = manager.find(Author.class, 1L);
            for (int i = 0; i < 25; i++) {
                author.with(new Book("Serial " + i, i + ".25", i));
            }
            manager.flush();
            for (int i = 0; i < 12; i++) {
                manager.persist(new Tag("tag " + i));
            }
        });
        out.transaction(entities, manager -> out.all(manager.createQuery("select count(b), sum(b.price) from Book b")));
    }

    static void nulls(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> {
            manager.persist(new Author("Nothing else", null));
            var book = new Book();
            book.title = "untitled";
            manager.persist(book);
        });
        out.transaction(entities, manager -> {
            out.all(manager.createQuery("select a from Author a where a.email is null order by a.id"));
            out.all(manager.createQuery("select b from Book b where b.author is null and b.cover is null"));
        });
    }

    static void remove(EntityManagerFactory entities, JpaTranscript out) {
        out.transaction(entities, manager -> manager.remove(manager.find(Author.class, 4L)));
        out.transaction(entities, manager -> out.line(manager.find(Author.class, 4L)));
    }
}
