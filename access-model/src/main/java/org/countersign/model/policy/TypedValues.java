package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.masking.Detectors;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.session.Principal;

/** How values that somebody typed himself are shown, in a statement's text or bound to it: as detectors find them. */
public final class TypedValues {
    /** Nothing is hashed for a reader: that would only tell him which values are equal. */
    private static final HashKey NONE = new HashKey(new byte[16]);

    private TypedValues() {}

    /** The masks of what is found while nothing is known of who looks: nothing is shown. */
    public static Map<String, MaskKind> unseen() {
        return Detectors.dataClasses().stream()
                .collect(Collectors.toUnmodifiableMap(dataClass -> dataClass, dataClass -> MaskKind.REDACT));
    }

    /**
     * Shows them to somebody who reads what another one sent to a target: as that person's own roles there show what a
     * detector of the target finds. Whoever has no role there sees none of it.
     */
    public static ContentScanner seenBy(Principal reader, Optional<PolicySnapshot> policy, String target) {
        Map<String, MaskKind> masks = policy.flatMap(snapshot -> snapshot.target(target)
                        .map(there -> new Masks(there, rolesOn(there, snapshot, reader)).detectors()))
                .orElse(unseen());
        return new ContentScanner(
                masks.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                mask -> mask.getValue() == MaskKind.HASH ? MaskKind.REDACT : mask.getValue())),
                NONE);
    }

    private static List<RolePolicy> rolesOn(TargetPolicy target, PolicySnapshot snapshot, Principal reader) {
        var roles = new ArrayList<RolePolicy>();
        for (RolePolicy role : snapshot.rolesOf(reader)) {
            if (role.on(target.name())) {
                roles.add(role);
            }
        }
        return roles;
    }
}
