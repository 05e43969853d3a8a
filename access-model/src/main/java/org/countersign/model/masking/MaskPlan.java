package org.countersign.model.masking;

import java.util.List;
import java.util.Map;

/**
 * How the response of one command is shown.
 *
 * @param columns one entry per result column, in order
 * @param detectors the content detectors that run over every text value that is otherwise shown in clear, by the data
 *     class each detects, and the mask for what it finds
 * @param messagesScrubbed whether errors and notices of the target may quote masked values and are reduced to what
 *     cannot
 * @param maxRows rows after which the command is ended with an error
 */
public record MaskPlan(
        List<MaskKind> columns, Map<String, MaskKind> detectors, boolean messagesScrubbed, long maxRows) {
    public MaskPlan {
        columns = List.copyOf(columns);
        detectors = Map.copyOf(detectors);
    }

    public boolean clear() {
        return detectors.isEmpty() && columns.stream().allMatch(kind -> kind == MaskKind.CLEAR);
    }
}
