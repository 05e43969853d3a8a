package org.countersign.core.identity;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** A whole principal as one JSON text, so that what was stored with a request or credential is exactly who asked. */
public final class PrincipalJson {
    private PrincipalJson() {}

    public static String of(Principal principal) {
        var json = Json.createObjectBuilder()
                .add("issuer", principal.issuer())
                .add("subject", principal.subject())
                .add("name", principal.name())
                .add("agent", principal.agent())
                .add("client", principal.client())
                .add("realmRoles", texts(principal.realmRoles()))
                .add("groups", texts(principal.groups()));
        principal.owner().ifPresent(owner -> json.add("owner", person(owner)));
        principal.onBehalfOf().ifPresent(person -> json.add("onBehalfOf", person(person)));
        principal.task().ifPresent(task -> json.add("task", task));
        JsonArrayBuilder act = Json.createArrayBuilder();
        principal
                .act()
                .forEach(actor -> act.add(Json.createObjectBuilder()
                        .add("subject", actor.subject())
                        .add("name", actor.name())));
        return json.add("act", act).build().toString();
    }

    public static Principal parse(String text) {
        JsonObject json;
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            json = reader.readObject();
        }
        return new Principal(
                json.getString("issuer"),
                json.getString("subject"),
                json.getString("name"),
                json.getBoolean("agent"),
                person(json, "owner"),
                person(json, "onBehalfOf"),
                json.getJsonArray("act").stream()
                        .map(JsonValue::asJsonObject)
                        .map(actor -> new Actor(actor.getString("subject"), actor.getString("name")))
                        .toList(),
                Set.copyOf(texts(json, "realmRoles")),
                Set.copyOf(texts(json, "groups")),
                json.getString("client"),
                json.containsKey("task") ? Optional.of(json.getString("task")) : Optional.empty());
    }

    private static JsonArrayBuilder texts(Collection<String> values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.stream().sorted().forEach(array::add);
        return array;
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private static JsonObjectBuilder person(Person person) {
        return Json.createObjectBuilder().add("issuer", person.issuer()).add("name", person.name());
    }

    private static Optional<Person> person(JsonObject json, String name) {
        return json.containsKey(name)
                ? Optional.of(new Person(
                        json.getJsonObject(name).getString("issuer"),
                        json.getJsonObject(name).getString("name")))
                : Optional.empty();
    }
}
