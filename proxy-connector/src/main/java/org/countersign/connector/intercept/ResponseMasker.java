package org.countersign.connector.intercept;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;
import org.countersign.model.masking.Masker;
import org.countersign.model.masking.Maskers;
import org.jspecify.annotations.Nullable;

/** Shows the values of one response under its mask plan: the column's mask first, else what the detectors find. */
public final class ResponseMasker {
    private final List<ResultColumn> columns;
    private final MaskPlan plan;
    private final List<Masker> maskers;
    private final Optional<ContentScanner> scanner;
    private int masked;

    /** @throws IllegalArgumentException when the plan is not for these columns: nothing may be shown then */
    public ResponseMasker(List<ResultColumn> columns, MaskPlan plan, HashKey key) {
        if (plan.columns().size() != columns.size()) {
            throw new IllegalArgumentException(
                    "a plan for " + plan.columns().size() + " columns cannot mask " + columns.size());
        }
        this.columns = List.copyOf(columns);
        this.plan = plan;
        maskers = plan.columns().stream().map(kind -> Maskers.of(kind, key)).toList();
        scanner =
                plan.detectors().isEmpty() ? Optional.empty() : Optional.of(new ContentScanner(plan.detectors(), key));
    }

    /** Returns what the client may see instead of the value; the same array when it may see the value itself. */
    public byte @Nullable [] shown(int column, byte @Nullable [] value) {
        MaskKind kind = plan.columns().get(column);
        if (kind == MaskKind.NULL) {
            // counted whatever it is: the count must not tell where there was none before
            masked++;
            return null;
        }
        if (value == null) {
            return null;
        }
        ValueForm form = columns.get(column).form();
        return kind == MaskKind.CLEAR ? scanned(form, value) : masked(form, maskers.get(column), value);
    }

    private byte @Nullable [] masked(ValueForm form, Masker masker, byte[] value) {
        masked++;
        return form.significant(value)
                .flatMap(masker::mask)
                .flatMap(form::replaced)
                .orElse(null);
    }

    private byte @Nullable [] scanned(ValueForm form, byte[] value) {
        if (scanner.isEmpty()) {
            return value;
        }
        Optional<ContentScanner.Masked> found = form.content(value).flatMap(scanner.get()::scan);
        if (found.isEmpty()) {
            return value;
        }
        masked += found.get().finds();
        return form.edited(found.get().text()).orElse(null);
    }

    /** Shows a text that is no column's value: what is left of a notice or an error. */
    public String shown(String text) {
        return scanner.flatMap(net -> net.scan(text))
                .map(found -> {
                    masked += found.finds();
                    return found.text();
                })
                .orElse(text);
    }

    /** The values masked since the last call. */
    public int takeMasked() {
        int count = masked;
        masked = 0;
        return count;
    }

    public List<ResultColumn> columns() {
        return columns;
    }

    /** Appends a shown value as the recording has it. */
    void record(int column, byte @Nullable [] shown, StringBuilder json) {
        if (shown == null) {
            json.append("null");
            return;
        }
        Optional<String> text = columns.get(column).form().text(shown);
        if (text.isPresent()) {
            JsonText.value(json, text.get());
        } else {
            json.append("{\"binary\":\"")
                    .append(HexFormat.of().formatHex(shown))
                    .append("\"}");
        }
    }
}
