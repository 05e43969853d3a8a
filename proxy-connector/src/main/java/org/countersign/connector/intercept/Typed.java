package org.countersign.connector.intercept;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.countersign.model.command.Parameter;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.TypedValues;

/** What a client typed, as recordings have it: what detectors find is shown as an answer would show it to that client. */
final class Typed {
    private final Supplier<Map<String, MaskKind>> masks;
    private final HashKey key;
    private final ContentScanner anything;

    /** @param masks those of the session's principal, by data class; asked only when something was found */
    Typed(Supplier<Map<String, MaskKind>> masks, HashKey key) {
        this.masks = masks;
        this.key = key;
        anything = new ContentScanner(TypedValues.unseen(), key);
    }

    String shown(String text) {
        return anything.scan(text).isEmpty()
                ? text
                : new ContentScanner(masks.get(), key)
                        .scan(text)
                        .map(ContentScanner.Masked::text)
                        .orElse(text);
    }

    List<Parameter> shown(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter ->
                        new Parameter(parameter.type(), parameter.value().map(this::shown)))
                .toList();
    }
}
