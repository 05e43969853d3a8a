package org.countersign.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A JSON object member by member, in this order. What is absent is null, never left out. */
final class Fields {
    private final JsonObjectBuilder object = Json.createObjectBuilder();

    Fields text(String name, String value) {
        object.add(name, value);
        return this;
    }

    Fields text(String name, Optional<String> value) {
        return value.map(text -> text(name, text)).orElseGet(() -> absent(name));
    }

    Fields texts(String name, Collection<String> values) {
        return value(name, array(values, Json::createValue));
    }

    Fields texts(String name, Map<String, String> values) {
        JsonObjectBuilder members = Json.createObjectBuilder();
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> members.add(entry.getKey(), entry.getValue()));
        return value(name, members.build());
    }

    Fields id(String name, UUID value) {
        return text(name, value.toString());
    }

    Fields time(String name, Instant value) {
        return text(name, value.toString());
    }

    Fields time(String name, Optional<Instant> value) {
        return text(name, value.map(Instant::toString));
    }

    Fields number(String name, long value) {
        object.add(name, value);
        return this;
    }

    Fields number(String name, Optional<Long> value) {
        return value.map(number -> number(name, number)).orElseGet(() -> absent(name));
    }

    Fields flag(String name, boolean value) {
        object.add(name, value);
        return this;
    }

    Fields value(String name, JsonValue value) {
        object.add(name, value);
        return this;
    }

    <T> Fields each(String name, List<T> values, Function<T, JsonObject> json) {
        return value(name, array(values, json));
    }

    JsonObject json() {
        return object.build();
    }

    static <T> JsonArray array(Collection<T> values, Function<T, ? extends JsonValue> json) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.forEach(value -> array.add(json.apply(value)));
        return array.build();
    }

    private Fields absent(String name) {
        object.addNull(name);
        return this;
    }
}
