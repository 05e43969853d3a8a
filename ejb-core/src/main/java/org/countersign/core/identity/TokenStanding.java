package org.countersign.core.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** What a token is worth now at the identity provider that signed it a while ago. */
sealed interface TokenStanding {
    /** It was signed so lately, or nobody is asked, that it says everything itself. */
    record AsIssued() implements TokenStanding {}

    /** @param owner of an agent */
    record Current(Set<String> realmRoles, Set<String> groups, Optional<String> owner) implements TokenStanding {
        private boolean sameOwner(Principal who) {
            return !who.agent() || owner.equals(who.owner().map(Person::name));
        }

        private Optional<String> lost(Principal opened) {
            Set<String> roles = without(opened.realmRoles(), realmRoles);
            Set<String> left = without(opened.groups(), groups);
            if (roles.isEmpty() && left.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(Stream.of(listed("role", roles), listed("group", left))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" and ")));
        }

        private static Set<String> without(Set<String> before, Set<String> now) {
            var lost = new TreeSet<>(before);
            lost.removeAll(now);
            return lost;
        }

        private static String listed(String kind, Set<String> names) {
            return names.isEmpty() ? "" : "the " + kind + (names.size() == 1 ? " " : "s ") + String.join(", ", names);
        }
    }

    /** Signed out, disabled, or withdrawn. */
    record Revoked() implements TokenStanding {}

    /** @param since when the identity provider last stood by it */
    record Unconfirmed(Instant since) implements TokenStanding {}

    String AGAIN = "Get a new token and connect again.";

    /** @throws AccessRefusedException 28000 when nothing is left of the principal */
    default Principal limit(Principal who) throws AccessRefusedException {
        return switch (this) {
            case AsIssued asIssued -> who;
            case Current current when current.sameOwner(who) -> who.within(current.realmRoles, current.groups);
            case Current current ->
                throw TokenVerifier.refused(
                        "The agent " + who.name() + " has another owner now than its access token says.", AGAIN);
            case Revoked revoked ->
                throw TokenVerifier.refused("The identity provider has revoked the access token.", AGAIN);
            case Unconfirmed unconfirmed ->
                throw TokenVerifier.refused(
                        "The identity provider cannot be asked whether the access token still holds.",
                        "Get a new token, or try again when the identity provider answers.");
        };
    }

    /** Why a session may not go on that this principal opened. */
    default Optional<String> farewell(Principal opened) {
        return switch (this) {
            case AsIssued asIssued -> Optional.empty();
            case Current current
            when current.sameOwner(opened) ->
                current.lost(opened)
                        .map(lost -> "The session was ended: " + opened.name() + " no longer has " + lost + ".");
            case Current current ->
                Optional.of("The session was ended: the agent " + opened.name() + " has another owner now.");
            case Revoked revoked ->
                Optional.of("The session was ended: the identity provider has revoked the sign-in of " + opened.name()
                        + ".");
            case Unconfirmed unconfirmed ->
                Optional.of("The session was ended: the identity provider has not confirmed the sign-in of "
                        + opened.name() + " since " + unconfirmed.since.truncatedTo(ChronoUnit.SECONDS) + ".");
        };
    }
}
