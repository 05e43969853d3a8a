package org.countersign.core.identity;

import java.util.Map;
import java.util.Set;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * Which approvals and sessions a caller may see: auditors, approvers and admins all of them, everybody else his own and
 * those of agents he owns or that act for him.
 */
public final class Visibility {
    private static final Set<String> SEE_EVERYTHING = Set.of("auditor", "approver", "admin");

    private Visibility() {}

    public static boolean everything(Caller caller) {
        return SEE_EVERYTHING.stream().anyMatch(caller::has);
    }

    /** The JPQL condition for what is his, on an entity {@code x} with issuer, subject, owner and onBehalfOf. */
    public static String condition(Caller caller) {
        String himself = "x.subject = :ownSubject";
        return "x.issuer = :ownIssuer and "
                + (caller.principal().agent()
                        ? himself
                        : "(" + himself + " or x.owner = :ownName or x.onBehalfOf = :ownName)");
    }

    /** The parameters of {@link #condition}. */
    public static Map<String, Object> parameters(Caller caller) {
        Principal who = caller.principal();
        return who.agent()
                ? Map.of("ownIssuer", who.issuer(), "ownSubject", who.subject())
                : Map.of("ownIssuer", who.issuer(), "ownSubject", who.subject(), "ownName", who.name());
    }

    public static boolean of(Caller caller, Principal principal) {
        Principal who = caller.principal();
        return everything(caller) || who.same(principal) || responsible(caller, principal);
    }

    /** Returns whether the caller is a person who answers for this principal. */
    public static boolean responsible(Caller caller, Principal principal) {
        Principal who = caller.principal();
        return !who.agent() && principal.responsiblePersons().contains(new Person(who.issuer(), who.name()));
    }
}
