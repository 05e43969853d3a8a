package org.countersign.core.identity;

import java.util.Map;
import java.util.Set;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * Which approvals and sessions a caller may see: persons who are auditors, approvers or admins all of them, everybody
 * else his own and those of agents he owns or that act for him. A machine sees its own only, whatever roles its token
 * has: those of an exchanged token are somebody else's.
 */
public final class Visibility {
    private static final Set<String> SEE_EVERYTHING = Set.of("auditor", "approver", "admin");

    private Visibility() {}

    public static boolean everything(Caller caller) {
        return !caller.machine() && SEE_EVERYTHING.stream().anyMatch(caller::has);
    }

    /** The JPQL condition for what is his, on an entity {@code x} with issuer, subject, owner and onBehalfOf. */
    public static String condition(Caller caller) {
        return "x.issuer = :ownIssuer and "
                + (caller.principal().agent()
                        ? "x.subject = :ownSubject and x.principalName = :ownName"
                        : "(x.subject = :ownSubject or x.owner = :ownName or x.onBehalfOf = :ownName)");
    }

    /** The parameters of {@link #condition}. */
    public static Map<String, Object> parameters(Caller caller) {
        Principal who = caller.principal();
        return Map.of("ownIssuer", who.issuer(), "ownSubject", who.subject(), "ownName", who.name());
    }

    public static boolean of(Caller caller, Principal principal) {
        return everything(caller) || own(caller, principal);
    }

    /** Returns whether the caller is this principal, or a person who answers for it. */
    public static boolean own(Caller caller, Principal principal) {
        return himself(caller.principal(), principal) || responsible(caller, principal);
    }

    /** An agent that acts for a person has that person's subject, and is not he, nor his other agents. */
    private static boolean himself(Principal who, Principal principal) {
        return who.same(principal) && (!who.agent() || who.name().equals(principal.name()));
    }

    /** Returns whether the caller is a person who answers for this principal. */
    public static boolean responsible(Caller caller, Principal principal) {
        Principal who = caller.principal();
        return !who.agent() && principal.responsiblePersons().contains(new Person(who.issuer(), who.name()));
    }
}
