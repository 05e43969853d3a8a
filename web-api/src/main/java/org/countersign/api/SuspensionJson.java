package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.identity.SuspensionView;

/** A suspension. */
final class SuspensionJson {
    private SuspensionJson() {}

    static JsonObject of(SuspensionView suspension) {
        return new Fields()
                .id("id", suspension.id())
                .text("principal", suspension.principal())
                .text("subject", suspension.subject())
                .text("reason", suspension.reason())
                .text("suspendedBy", suspension.suspendedBy())
                .time("suspendedAt", suspension.suspendedAt())
                .text("liftedBy", suspension.liftedBy())
                .time("liftedAt", suspension.liftedAt())
                .json();
    }
}
