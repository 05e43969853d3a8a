package org.countersign.core.segregation;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.HistoryConstraint.Same;
import org.countersign.model.session.Person;

/** The condition under which acts count, in SQL; what names contain is never a part of the text. */
final class ActQuery {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    ActQuery by(Collection<Person> persons) {
        return anyOf(persons.stream()
                .map(person -> "(issuer = " + value(person.issuer()) + " and person = " + value(person.name()) + ")"));
    }

    /** Acts that the constraint counts and that are near what is to be done on the target. */
    ActQuery counting(HistoryConstraint constraint, String target, Deed now, Instant instant) {
        including(constraint.did());
        constraint
                .within()
                .ifPresent(within -> conditions.add("last_at > " + value(Timestamp.from(instant.minus(within)))));
        // what was done to the policy belongs to no target
        if (constraint.same() != Same.ANY) {
            anyOf(Stream.of("target = " + value(target), "target = ''"));
        }
        if (!now.everything() && constraint.same() == Same.RESOURCE) {
            // as the index has it: a resource may be longer than an index takes
            conditions.add("md5(resource) in (md5('*'), md5(" + value(now.resource()) + "))");
        }
        return this;
    }

    ActQuery including(Deeds deeds) {
        anyOf(deeds.actions().stream().map(glob -> like("action", glob)));
        return anyOf(Stream.concat(
                Stream.of("resource = '*'"), deeds.resources().stream().map(glob -> like("resource", glob))));
    }

    ActQuery since(Instant instant) {
        conditions.add("last_at > " + value(Timestamp.from(instant)));
        return this;
    }

    String text() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    List<Object> values() {
        return values;
    }

    private ActQuery anyOf(Stream<String> alternatives) {
        String joined = alternatives.collect(Collectors.joining(" or "));
        conditions.add(joined.isEmpty() ? "false" : "(" + joined + ")");
        return this;
    }

    private String like(String column, Glob glob) {
        String pattern = glob.toString()
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('*', '%');
        return column + " like " + value(pattern);
    }

    private String value(Object value) {
        values.add(value);
        return "?" + values.size();
    }
}
