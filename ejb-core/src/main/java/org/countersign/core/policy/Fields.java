package org.countersign.core.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a mapping whose keys are all known; an unknown one is a problem that names the known ones. */
final class Fields {
    private final Value mapping;
    private final Map<String, Value> values;

    Fields(Value mapping, String... known) {
        this.mapping = mapping;
        this.values = mapping.entries();
        List<String> allowed = List.of(known);
        mapping.keys().forEach((name, key) -> {
            if (!allowed.contains(name)) {
                key.problem("unknown key " + name + "; allowed: " + String.join(", ", allowed));
            }
        });
    }

    Optional<Value> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    <T> T optional(String key, Function<Value, T> read, T otherwise) {
        return optional(key).map(read).orElse(otherwise);
    }

    <T> T required(String key, Function<Value, T> read, T standIn) {
        Optional<Value> value = optional(key);
        if (value.isEmpty()) {
            mapping.problem("the key " + key + " is missing");
        }
        return value.map(read).orElse(standIn);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }
}
