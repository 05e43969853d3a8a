package org.countersign.portal.shell;

import java.util.List;
import java.util.Set;
import org.countersign.core.identity.Caller;

/** The realm roles that mean something to people; identity providers add technical ones of their own. */
public final class Duties {
    private static final Set<String> TECHNICAL = Set.of("offline_access", "uma_authorization");
    private static final String DEFAULTS = "default-roles-";

    private Duties() {}

    public static List<String> of(Caller caller) {
        return caller.principal().realmRoles().stream()
                .filter(role -> !TECHNICAL.contains(role) && !role.startsWith(DEFAULTS))
                .sorted()
                .toList();
    }
}
