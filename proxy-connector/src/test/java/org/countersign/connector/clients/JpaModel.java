package org.countersign.connector.clients;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.TableGenerator;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The entities of a publisher, with which every implementation of Jakarta Persistence works. */
final class JpaModel {
    private JpaModel() {}

    enum Mood {
        CALM,
        STORMY
    }

    @Embeddable
    static class Address {
        String street;
        String city;

        Address() {}

        Address(String street, String city) {
            this.street = street;
            this.city = city;
        }

        @Override
        public String toString() {
            return street + ", " + city;
        }
    }

    @Entity(name = "Author")
    @Table(name = "author", indexes = @Index(name = "author_name", columnList = "name"))
    static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Version
        int version;

        @Column(nullable = false, length = 60)
        String name;

        @Column(unique = true)
        String email;

        @Enumerated(EnumType.STRING)
        Mood mood;

        LocalDate born;

        @Column(precision = 12, scale = 2)
        BigDecimal royalty;

        @Embedded
        Address address;

        @ElementCollection
        @CollectionTable(name = "author_nickname", joinColumns = @JoinColumn(name = "author_id"))
        @OrderColumn(name = "place")
        @Column(name = "nickname")
        List<String> nicknames = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "author_link", joinColumns = @JoinColumn(name = "author_id"))
        @MapKeyColumn(name = "site")
        @Column(name = "link")
        Map<String, String> links = new TreeMap<>();

        @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, orphanRemoval = true)
        @OrderBy("title")
        List<Book> books = new ArrayList<>();

        Author() {}

        Author(String name, String email) {
            this.name = name;
            this.email = email;
        }

        Author with(Book book) {
            book.author = this;
            books.add(book);
            return this;
        }

        @Override
        public String toString() {
            return "Author " + id + " v" + version + " " + name + " " + email + " " + mood + " " + born + " " + royalty
                    + " " + address;
        }
    }

    @Entity(name = "Book")
    @Table(name = "book")
    static class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "book_numbers")
        @SequenceGenerator(name = "book_numbers", sequenceName = "book_numbers", allocationSize = 10)
        Long id;

        @Version
        int version;

        @Column(nullable = false)
        String title;

        @Column(precision = 8, scale = 2)
        BigDecimal price;

        LocalDateTime published;
        double weight;
        boolean printed;
        Integer pages;

        @Column(length = 4000)
        byte[] cover;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "author_id")
        Author author;

        @ManyToMany
        @JoinTable(
                name = "book_tag",
                joinColumns = @JoinColumn(name = "book_id"),
                inverseJoinColumns = @JoinColumn(name = "tag_name"))
        @OrderBy("name")
        Set<Tag> tags = new LinkedHashSet<>();

        Book() {}

        Book(String title, String price, Integer pages) {
            this.title = title;
            this.price = new BigDecimal(price);
            this.pages = pages;
            published = LocalDateTime.of(2026, 1, 1, 12, 30, 15, 123_456_000).plusDays(title.length());
            weight = title.length() / 8.0;
            printed = title.length() % 2 == 0;
            cover = title.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Book " + id + " v" + version + " " + title + " " + price + " " + published + " " + weight + " "
                    + printed + " " + pages + " "
                    + (cover == null ? null : HexFormat.of().formatHex(cover));
        }
    }

    @Entity(name = "Tag")
    @Table(name = "tag")
    static class Tag {
        @Id
        String name;

        Tag() {}

        Tag(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return "Tag " + name;
        }
    }

    @Entity(name = "Vehicle")
    @Table(name = "vehicle")
    @Inheritance(strategy = InheritanceType.JOINED)
    abstract static class Vehicle {
        @Id
        @GeneratedValue(strategy = GenerationType.TABLE, generator = "vehicle_numbers")
        @TableGenerator(name = "vehicle_numbers", table = "numbers", pkColumnName = "of_what", allocationSize = 5)
        Long id;

        String plate;

        @Override
        public String toString() {
            return getClass().getSimpleName() + " " + id + " " + plate;
        }
    }

    @Entity(name = "Car")
    @Table(name = "car")
    static class Car extends Vehicle {
        int seats;

        @Override
        public String toString() {
            return super.toString() + " " + seats;
        }
    }

    @Entity(name = "Truck")
    @Table(name = "truck")
    static class Truck extends Vehicle {
        double load;

        @Override
        public String toString() {
            return super.toString() + " " + load;
        }
    }

    @Entity(name = "Payment")
    @Table(name = "jpa_payment")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @DiscriminatorColumn(name = "kind")
    abstract static class Payment {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        BigDecimal amount;

        @Override
        public String toString() {
            return getClass().getSimpleName() + " " + id + " " + amount;
        }
    }

    @Entity(name = "CardPayment")
    @DiscriminatorValue("card")
    static class CardPayment extends Payment {
        String card;

        @Override
        public String toString() {
            return super.toString() + " " + card;
        }
    }

    @Entity(name = "Transfer")
    @DiscriminatorValue("transfer")
    static class Transfer extends Payment {
        String account;

        @Override
        public String toString() {
            return super.toString() + " " + account;
        }
    }

    @Entity(name = "Device")
    @Table(name = "device")
    static class Device {
        @Id
        UUID id;

        String label;

        Device() {}

        Device(UUID id, String label) {
            this.id = id;
            this.label = label;
        }

        @Override
        public String toString() {
            return "Device " + id + " " + label;
        }
    }

    /** Whose key the implementation makes. */
    @Entity(name = "Ticket")
    @Table(name = "ticket")
    static class Ticket {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        UUID id;

        String seat;
    }

    static List<Class<?>> classes() {
        return List.of(
                Address.class,
                Author.class,
                Book.class,
                Tag.class,
                Vehicle.class,
                Car.class,
                Truck.class,
                Payment.class,
                CardPayment.class,
                Transfer.class,
                Device.class,
                Ticket.class);
    }
}
