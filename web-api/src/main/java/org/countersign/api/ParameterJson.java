package org.countersign.api;

import jakarta.json.JsonObject;
import org.countersign.core.ParameterView;

/** A value that a command came with. */
final class ParameterJson {
    private ParameterJson() {}

    static JsonObject of(ParameterView parameter) {
        return new Fields()
                .text("type", parameter.type())
                .text("value", parameter.value())
                .json();
    }
}
