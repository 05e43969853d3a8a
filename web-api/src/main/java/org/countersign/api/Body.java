package org.countersign.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The body of a request, never longer than allowed. */
final class Body {
    static final int MAX_MANIFEST_BYTES = 1024 * 1024;
    static final int MAX_JSON_BYTES = 64 * 1024;

    /** A member given twice would be read differently by whoever looks at the request on its way. */
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private final JsonObject object;
    private final List<Problem.Fault> faults = new ArrayList<>();

    private Body(JsonObject object) {
        this.object = object;
    }

    /** @throws ProblemException when it is too long or not UTF-8 */
    static String text(InputStream in, int maxBytes) throws IOException {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new ProblemException(
                    Problem.of(ProblemType.TOO_LARGE, "The body may have at most " + maxBytes + " bytes."));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, "The body is not UTF-8."));
        }
    }

    /** Reads an object that has no members but these. */
    static Body object(InputStream in, Set<String> known) throws IOException {
        return object(in, known, MAX_JSON_BYTES);
    }

    /** The same of another length. */
    static Body object(InputStream in, Set<String> known, int maxBytes) throws IOException {
        String text = text(in, maxBytes);
        Body body;
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            body = new Body(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_REQUEST, "The body is not a JSON object."));
        }
        for (String name : new TreeSet<>(body.object.keySet())) {
            if (!known.contains(name)) {
                body.faults.add(new Problem.Fault(
                        name, "there is no member of this name; allowed: " + String.join(", ", new TreeSet<>(known))));
            }
        }
        return body;
    }

    /** Returns a text that must be there; when it is not, {@link #check} says so. */
    String text(String name) {
        Optional<String> value = optional(name);
        if (value.isEmpty() && faults.stream().noneMatch(fault -> fault.field().equals(name))) {
            faults.add(new Problem.Fault(name, name + " is missing"));
        }
        return value.orElse("");
    }

    Optional<String> optional(String name) {
        JsonValue value = object.getOrDefault(name, JsonValue.NULL);
        if (value instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        if (value != JsonValue.NULL) {
            faults.add(new Problem.Fault(name, name + " must be a text"));
        }
        return Optional.empty();
    }

    /** Returns texts; none when there are none. */
    List<String> texts(String name) {
        JsonValue value = object.getOrDefault(name, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return List.of();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance)) {
            return array.getValuesAs(JsonString::getString);
        }
        fault(name, name + " must be a list of texts");
        return List.of();
    }

    /** Returns a switch; off when it is not there. */
    boolean flag(String name) {
        JsonValue value = object.getOrDefault(name, JsonValue.FALSE);
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            fault(name, name + " must be true or false");
        }
        return value == JsonValue.TRUE;
    }

    /** Returns a duration that must be there; when it is not, {@link #check} says so. */
    Duration duration(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeParseException e) {
            fault(name, name + " must be a duration such as PT30M");
            return Duration.ZERO;
        }
    }

    /** Returns a time that must be there; when it is not, {@link #check} says so. */
    Instant time(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            fault(name, name + " must be a time such as 2026-11-22T10:15:30Z");
            return Instant.EPOCH;
        }
    }

    void fault(String name, String message) {
        if (faults.stream().noneMatch(fault -> fault.field().equals(name))) {
            faults.add(new Problem.Fault(name, message));
        }
    }

    /** Ends the request when a member was wrong. */
    void check() {
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.of(faults));
        }
    }
}
