package org.countersign.core.segregation;

import java.time.Instant;
import java.util.UUID;
import org.countersign.model.Timestamp;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.session.Person;

/**
 * An act as it is remembered.
 *
 * @param person one of those who answer for it
 * @param principal the name it was done under
 * @param command the number of the latest such command in its session; 0 for a decision
 */
public record PastAct(
        Person person,
        String principal,
        Deed deed,
        String target,
        Act.Origin kind,
        UUID origin,
        long command,
        Instant first,
        Instant last) {

    /** For whoever is refused because of it. */
    String inWords() {
        String where = switch (kind) {
            case SESSION -> "command " + command + " of session " + origin;
            case APPROVAL -> "approval " + origin;
            case CHANGE -> "change " + origin;
        };
        return principal
                + (principal.equalsIgnoreCase(person.name()) ? "" : ", for whom " + person.name() + " answers,")
                + " did " + deed.action() + " on " + deed.resource()
                + (target.isEmpty() ? "" : " of target " + target) + " at " + Timestamp.of(last) + " (" + where + ")";
    }
}
