package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;

/** How some roles together see a target: of every class the strictest mask. */
final class Masks {
    private final TargetPolicy target;
    private final List<RolePolicy> roles;

    /** @param roles at least one; with none everything is hidden */
    Masks(TargetPolicy target, List<RolePolicy> roles) {
        this.target = target;
        this.roles = List.copyOf(roles);
    }

    MaskKind of(String dataClass) {
        if (roles.isEmpty()) {
            return MaskKind.REDACT;
        }
        MaskKind strictest = MaskKind.CLEAR;
        for (RolePolicy role : roles) {
            strictest = strictest.strictest(role.mask(dataClass));
        }
        return strictest;
    }

    /** A hidden document is redacted whole: the end of its text, or its first character, is nobody's card number. */
    MaskKind of(FieldName field) {
        MaskKind strictest = MaskKind.CLEAR;
        for (String dataClass : target.classesOf(field)) {
            strictest = strictest.strictest(of(dataClass));
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
        if (roles.isEmpty()) {
            return 1;
        }
        long fewest = Long.MAX_VALUE;
        for (RolePolicy role : roles) {
            fewest = Math.min(fewest, role.rowsPerCommand());
        }
        return fewest;
    }
}
