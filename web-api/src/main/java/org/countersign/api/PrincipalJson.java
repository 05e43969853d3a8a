package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Principal;

/** A principal. */
final class PrincipalJson {
    private PrincipalJson() {}

    static JsonObject of(PrincipalView principal) {
        return fields(principal).json();
    }

    static JsonObject of(Caller caller) {
        Principal principal = caller.principal();
        return fields(PrincipalView.of(principal))
                .text("issuer", principal.issuer())
                .text("subject", principal.subject())
                .text("client", principal.client())
                .texts("realmRoles", principal.realmRoles().stream().sorted().toList())
                .texts("groups", principal.groups().stream().sorted().toList())
                .time("expiresAt", caller.expiresAt())
                .json();
    }

    private static Fields fields(PrincipalView principal) {
        return new Fields()
                .text("name", principal.name())
                .text("kind", principal.kind())
                .text("owner", principal.owner())
                .text("onBehalfOf", principal.onBehalfOf())
                .texts("act", principal.act())
                .text("task", principal.task());
    }
}
