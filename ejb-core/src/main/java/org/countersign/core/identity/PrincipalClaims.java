package org.countersign.core.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Reads who acts from the claims of a verified token. In doubt it is an agent: an agent may do less, and it needs an
 * owner who answers for it.
 */
final class PrincipalClaims {
    /** Clients through which people act themselves. */
    static final Set<String> CLIENTS_OF_PEOPLE = Set.of("countersign-portal", "countersign-cli");

    private static final String SERVICE_ACCOUNT = "service-account-";
    private static final int MAX_ACTORS = 8;
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final String ASK = "Ask whoever runs the identity provider.";

    private final String issuer;
    private final JWTClaimsSet claims;

    private PrincipalClaims(String issuer, JWTClaimsSet claims) {
        this.issuer = issuer;
        this.claims = claims;
    }

    static Principal principal(String issuer, JWTClaimsSet claims) throws AccessRefusedException {
        return new PrincipalClaims(issuer, claims).principal();
    }

    /** Returns what the token says about the person whose account it belongs to; empty for a program's own. */
    static Optional<AccountMarks> marks(String issuer, JWTClaimsSet claims) throws AccessRefusedException {
        return new PrincipalClaims(issuer, claims).marks();
    }

    /**
     * Returns how the person signed in; what cannot be read is not known.
     *
     * @param latest a sign-in after this is none
     */
    static SignIn signIn(JWTClaimsSet claims, Instant latest) {
        Optional<Instant> at = claims.getClaim("auth_time") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue())).filter(time -> !time.isAfter(latest))
                : Optional.empty();
        return new SignIn(at, plain(claims.getClaim("acr")));
    }

    /** Returns what the token says about the duties of the person who uses it himself; empty for every program. */
    static Optional<AccountFacts> facts(String issuer, JWTClaimsSet claims) throws AccessRefusedException {
        Principal who = principal(issuer, claims);
        return who.agent()
                ? Optional.empty()
                : Optional.of(new AccountFacts(
                        new Person(issuer, who.name()),
                        plain(claims.getClaim("manager")),
                        who.realmRoles(),
                        who.groups(),
                        claims.getIssueTime().toInstant()));
    }

    private Optional<AccountMarks> marks() throws AccessRefusedException {
        Optional<String> user = text("preferred_username");
        if (user.isEmpty()
                || serviceAccount(user.get().toLowerCase(Locale.ROOT))
                || claims.getClaim("client_id") != null) {
            return Optional.empty();
        }
        boolean verified = Boolean.TRUE.equals(claims.getClaim("email_verified"));
        return Optional.of(new AccountMarks(
                new Person(issuer, user.get()),
                text("sub").orElseThrow(() -> TokenVerifier.refused("The access token names no subject.", ASK)),
                verified ? text("email") : Optional.empty(),
                text("employee_number")));
    }

    private Principal principal() throws AccessRefusedException {
        String client =
                text("azp").or(() -> plain(claims.getClaim("client_id"))).orElse("");
        Optional<String> user = text("preferred_username").map(name -> name.toLowerCase(Locale.ROOT));
        boolean serviceAccount =
                user.filter(PrincipalClaims::serviceAccount).isPresent() || claims.getClaim("client_id") != null;
        List<Actor> act = actors();
        boolean agent = serviceAccount || !CLIENTS_OF_PEOPLE.contains(client) || !act.isEmpty();
        String name = agent ? client : user.orElse("");
        if (name.isEmpty()) {
            throw TokenVerifier.refused(
                    agent
                            ? "The access token of an agent does not name its client (azp)."
                            : "The access token does not name its user (preferred_username).",
                    ASK);
        }
        return new Principal(
                issuer,
                text("sub").orElseThrow(() -> TokenVerifier.refused("The access token names no subject.", ASK)),
                name,
                agent,
                agent ? Optional.of(owner(name)) : Optional.empty(),
                agent && !serviceAccount ? user.map(person -> new Person(issuer, person)) : Optional.empty(),
                act,
                realmRoles(),
                names(claims.getClaim("groups")),
                client,
                text("task"));
    }

    static boolean serviceAccount(String user) {
        return user.startsWith(SERVICE_ACCOUNT);
    }

    private Person owner(String agent) throws AccessRefusedException {
        Optional<String> owner = text("owner").map(name -> name.toLowerCase(Locale.ROOT));
        if (owner.isEmpty()) {
            throw TokenVerifier.refused("The agent " + agent + " has no owner, so nobody answers for it.", ASK);
        }
        if (serviceAccount(owner.get()) || owner.get().equalsIgnoreCase(agent)) {
            throw TokenVerifier.refused("The owner of the agent " + agent + " is not a person.", ASK);
        }
        return new Person(issuer, owner.get());
    }

    private List<Actor> actors() throws AccessRefusedException {
        var actors = new ArrayList<Actor>();
        for (Object link = claims.getClaim("act"); link != null; link = ((Map<?, ?>) link).get("act")) {
            if (!(link instanceof Map<?, ?> actor) || actors.size() == MAX_ACTORS) {
                throw TokenVerifier.refused("The access token's act chain cannot be read.", ASK);
            }
            String subject = plain(actor.get("sub"))
                    .orElseThrow(
                            () -> TokenVerifier.refused("A link of the access token's act chain has no subject.", ASK));
            actors.add(new Actor(subject, actorName(actor).orElse(subject)));
        }
        return actors;
    }

    /** A person's user name or an agent's client id; what a program's own account is called tells the latter. */
    private static Optional<String> actorName(Map<?, ?> actor) {
        Optional<String> user = plain(actor.get("preferred_username"));
        boolean program = user.filter(name -> serviceAccount(name.toLowerCase(Locale.ROOT)))
                .isPresent();
        return program
                ? plain(actor.get("client_id"))
                        .or(() -> user.map(name -> name.substring(SERVICE_ACCOUNT.length())))
                        .filter(name -> !name.isBlank())
                : user.or(() -> plain(actor.get("client_id")));
    }

    private Set<String> realmRoles() {
        return claims.getClaim("realm_access") instanceof Map<?, ?> access ? names(access.get("roles")) : Set.of();
    }

    private static Set<String> names(@Nullable Object list) {
        var names = new HashSet<String>();
        if (list instanceof List<?> values) {
            values.forEach(value -> plain(value).ifPresent(names::add));
        }
        return names;
    }

    /** Returns the claim; a claim of another form than a name is worse than none. */
    private Optional<String> text(String claim) throws AccessRefusedException {
        Object value = claims.getClaim(claim);
        Optional<String> text = plain(value);
        if (value != null && text.isEmpty()) {
            throw TokenVerifier.refused("The access token's claim " + claim + " cannot be read.", ASK);
        }
        return text;
    }

    private static Optional<String> plain(@Nullable Object value) {
        return value instanceof String text
                        && !text.isBlank()
                        && text.length() <= MAX_NAME_CHARACTERS
                        && text.chars().noneMatch(Character::isISOControl)
                ? Optional.of(text)
                : Optional.empty();
    }
}
