package org.countersign.core.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.countersign.model.policy.AgentRegistration;

/** Reads {@code Agent}. */
final class AgentReader implements SpecReader {
    private static final String CLASS = "[a-z][a-z0-9-]{0,62}";

    @Override
    public Supplier<Manifest.Spec> read(String name, Fields metadata, Value value) {
        Fields spec = value.fields("client", "owner", "class", "purpose", "contact", "roles", "expires");
        String client = spec.optional("client", Value::text, name);
        String owner = spec.required("owner", AgentReader::owner, "");
        if (owner.equalsIgnoreCase(client)) {
            value.problem("an agent is not its own owner; name the person who answers for it");
        }
        String agentClass =
                spec.required("class", at -> at.matching(CLASS, "a word of lower-case letters, digits and dashes"), "");
        String purpose = spec.required("purpose", Value::text, "");
        String contact = spec.required("contact", Value::text, "");
        Set<String> roles = spec.required("roles", AgentReader::roles, Set.of());
        Optional<Instant> expires = spec.optional("expires", at -> Optional.of(date(at)), Optional.empty());
        return () -> new Manifest.Spec.OfAgent(
                new AgentRegistration(client, owner, agentClass, purpose, contact, roles, expires, Optional.empty()));
    }

    private static String owner(Value value) {
        return value.text().toLowerCase(Locale.ROOT);
    }

    private static Set<String> roles(Value value) {
        List<Value> items = value.items();
        if (items.isEmpty()) {
            value.problem("expected at least one role; an agent without any can do nothing");
        }
        Set<String> roles = Set.copyOf(items.stream().map(Value::text).toList());
        items.forEach(item -> item.reading().reference(item.node(), item.path(), ManifestKind.ROLE, item.text()));
        return roles;
    }

    /** A day that is the first on which it may do nothing, in UTC. */
    private static Instant date(Value value) {
        try {
            return LocalDate.parse(value.written()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            value.problem("expected a day such as 2027-01-31");
            return Instant.EPOCH;
        }
    }
}
