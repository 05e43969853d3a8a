package org.countersign.core.recording;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.journal.Frame;
import org.countersign.journal.JournalException;

/** The members of a frame's payload; one that is missing or of another form is empty. */
record Payload(JsonObject json) {

    static Payload of(Frame frame) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(frame.payload()))) {
            return new Payload(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new JournalException(
                    "frame " + frame.sequence() + " of session " + frame.session() + " is not a JSON object", e);
        }
    }

    Optional<String> text(String name) {
        return json.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    Optional<UUID> id(String name) {
        try {
            return text(name).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<Long> number(String name) {
        return json.get(name) instanceof JsonNumber number ? Optional.of(number.longValue()) : Optional.empty();
    }

    /** False when it is missing. */
    boolean flag(String name) {
        return json.get(name) == JsonValue.TRUE;
    }

    Optional<Payload> object(String name) {
        return json.get(name) instanceof JsonObject object ? Optional.of(new Payload(object)) : Optional.empty();
    }

    List<JsonValue> array(String name) {
        return json.get(name) instanceof JsonArray array ? array : List.of();
    }

    List<Payload> objects(String name) {
        return array(name).stream()
                .filter(JsonObject.class::isInstance)
                .map(value -> new Payload(value.asJsonObject()))
                .toList();
    }

    List<String> texts(String name) {
        return array(name).stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString())
                .toList();
    }
}
