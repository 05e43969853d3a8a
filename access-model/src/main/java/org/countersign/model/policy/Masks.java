package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;

/**
 * How some roles together see a target: of every class the strictest mask; a field that a grant reaches, as the grant's
 * role sees it, where that hides less.
 */
final class Masks {
    private final TargetPolicy target;
    private final List<RolePolicy> roles;
    private final Optional<Sight> sight;

    /** @param roles at least one; with none everything is hidden */
    Masks(TargetPolicy target, List<RolePolicy> roles) {
        this(target, roles, Optional.empty());
    }

    /** @param roles held; may be none */
    Masks(TargetPolicy target, List<RolePolicy> roles, Sight sight) {
        this(target, roles, Optional.of(sight));
    }

    private Masks(TargetPolicy target, List<RolePolicy> roles, Optional<Sight> sight) {
        this.target = target;
        this.roles = List.copyOf(roles);
        this.sight = sight;
    }

    MaskKind of(String dataClass) {
        return strictest(seers(), dataClass);
    }

    /** Whoever the command runs by: grants that suffice for it, otherwise everything it needs together. */
    private List<RolePolicy> seers() {
        if (sight.isEmpty()) {
            return roles;
        }
        List<RolePolicy> sufficient = sight.get().sufficient();
        if (!sufficient.isEmpty()) {
            return sufficient;
        }
        var together = new ArrayList<>(roles);
        together.addAll(sight.get().all());
        return together;
    }

    private static MaskKind strictest(List<RolePolicy> roles, String dataClass) {
        if (roles.isEmpty()) {
            return MaskKind.REDACT;
        }
        MaskKind strictest = MaskKind.CLEAR;
        for (RolePolicy role : roles) {
            strictest = strictest.strictest(role.mask(dataClass));
        }
        return strictest;
    }

    MaskKind of(FieldName field) {
        if (sight.isEmpty()) {
            return of(field, roles);
        }
        MaskKind best = sight.get().heldRolesShow(field) && !roles.isEmpty() ? of(field, roles) : of(field, List.of());
        for (RolePolicy granted : sight.get().reaching(field)) {
            MaskKind shown = of(field, List.of(granted));
            best = best.strictest(shown) == best ? shown : best;
        }
        return best;
    }

    /** A hidden document is redacted whole: the end of its text, or its first character, is nobody's card number. */
    private MaskKind of(FieldName field, List<RolePolicy> seenBy) {
        MaskKind strictest = MaskKind.CLEAR;
        for (String dataClass : target.classesOf(field)) {
            strictest = strictest.strictest(strictest(seenBy, dataClass));
        }
        return strictest != MaskKind.CLEAR && target.documents().contains(field)
                ? strictest.strictest(MaskKind.REDACT)
                : strictest;
    }

    /**
     * A mask shows a part of the value it was made for: of a card number the end, of an address the domain. Of any other
     * value that part could be what is to be hidden, so of that nothing is shown; and not even that there is none where
     * an expression could decide it.
     */
    MaskKind of(OutputField output) {
        MaskKind strictest = MaskKind.CLEAR;
        for (FieldName source : output.sources()) {
            strictest = strictest.strictest(of(source));
        }
        if (strictest == MaskKind.CLEAR) {
            return strictest;
        }
        return switch (output.content()) {
            case FIELD -> strictest;
            case SEVERAL -> strictest.strictest(MaskKind.REDACT);
            case COMPUTED -> MaskKind.NULL;
        };
    }

    boolean hides(FieldName field) {
        return of(field) != MaskKind.CLEAR;
    }

    /** Returns whether any field of the target is hidden. */
    boolean hidesAnything() {
        for (FieldName field : target.classes().keySet()) {
            if (hides(field)) {
                return true;
            }
        }
        return false;
    }

    MaskPlan planFor(Command command) {
        var columns = new ArrayList<MaskKind>(command.outputs().size());
        for (OutputField output : command.outputs()) {
            columns.add(of(output));
        }
        return new MaskPlan(columns, detectors(), hidesAnything(), maxRows());
    }

    /** What each detector of the target finds, unless it may be seen. */
    Map<String, MaskKind> detectors() {
        var masks = new HashMap<String, MaskKind>();
        for (String detector : target.detectors()) {
            MaskKind mask = of(detector);
            if (mask != MaskKind.CLEAR) {
                masks.put(detector, mask);
            }
        }
        return masks;
    }

    private long maxRows() {
        List<RolePolicy> seers = seers();
        if (seers.isEmpty()) {
            return 1;
        }
        long fewest = Long.MAX_VALUE;
        for (RolePolicy role : seers) {
            fewest = Math.min(fewest, role.rowsPerCommand());
        }
        return fewest;
    }
}
