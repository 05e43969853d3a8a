package org.countersign.core.approval;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.countersign.core.ParameterView;
import org.countersign.core.approval.ApprovalView.CommandToApprove;
import org.countersign.model.command.Command;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.command.UserRoutine;
import org.countersign.model.session.Person;

/** The parts of an approval that are kept as JSON texts. */
final class ApprovalJson {
    /** Missing in requests of earlier versions. */
    private static final String CODE = "code";

    private static final String ROWS = "estimatedRows";
    private static final String ESTIMATE = "estimate";
    private static final long NOT_KNOWN = -1;

    private ApprovalJson() {}

    static String commands(List<Command> commands) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Command command : commands) {
            JsonArrayBuilder parameters = Json.createArrayBuilder();
            command.parameters().forEach(parameter -> {
                JsonObjectBuilder json = Json.createObjectBuilder().add("type", parameter.type());
                parameter.value().ifPresentOrElse(value -> json.add("value", value), () -> json.addNull("value"));
                parameters.add(json);
            });
            array.add(Json.createObjectBuilder()
                    .add("kind", command.kind())
                    .add("text", command.text())
                    .add("parameters", parameters)
                    .add(
                            "actions",
                            texts(command.accesses().stream()
                                    .map(access -> access.action().toString())
                                    .distinct()
                                    .toList()))
                    .add(
                            "resources",
                            texts(command.accesses().stream()
                                    .map(access -> access.resource().toString())
                                    .distinct()
                                    .toList()))
                    .add(CODE, texts(code(command)))
                    .add(ROWS, command.estimate().rows().orElse(NOT_KNOWN))
                    .add(ESTIMATE, command.estimate().inWords()));
        }
        return array.build().toString();
    }

    static String grant(Application asked) {
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("kind", Application.KIND)
                        .add("text", asked.text())
                        .add("parameters", Json.createArrayBuilder())
                        .add("actions", texts(asked.actions()))
                        .add("resources", texts(asked.resources())))
                .build()
                .toString();
    }

    static List<CommandToApprove> commands(String text) {
        return array(text).getValuesAs(JsonObject.class).stream()
                .map(command -> new CommandToApprove(
                        command.getString("kind"),
                        command.getString("text"),
                        command.getJsonArray("parameters").getValuesAs(JsonObject.class).stream()
                                .map(parameter -> new ParameterView(
                                        parameter.getString("type"),
                                        parameter.isNull("value")
                                                ? Optional.empty()
                                                : Optional.of(parameter.getString("value"))))
                                .toList(),
                        list(command.getJsonArray("actions")),
                        list(command.getJsonArray("resources")),
                        command.containsKey(CODE) ? list(command.getJsonArray(CODE)) : List.of(),
                        Optional.ofNullable(command.getJsonNumber(ROWS))
                                .map(JsonNumber::longValue)
                                .filter(rows -> rows != NOT_KNOWN),
                        command.getString(ESTIMATE, "")))
                .toList();
    }

    /** What is not built in, in words; a built-in function that somebody had to name by its signature. */
    private static List<String> code(Command command) {
        return switch (command) {
            case SqlCommand sql -> {
                var code = new ArrayList<>(sql.functions());
                for (UserRoutine routine : sql.analysis().routines()) {
                    code.remove(routine.name());
                    code.add(routine.described());
                }
                yield code;
            }
        };
    }

    static String persons(Collection<Person> persons) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        persons.forEach(person -> array.add(
                Json.createObjectBuilder().add("issuer", person.issuer()).add("name", person.name())));
        return array.build().toString();
    }

    static Set<Person> persons(String text) {
        var persons = new HashSet<Person>();
        array(text)
                .getValuesAs(JsonObject.class)
                .forEach(json -> persons.add(new Person(json.getString("issuer"), json.getString("name"))));
        return persons;
    }

    static String labels(Map<String, String> labels) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(labels).forEach(json::add);
        return json.build().toString();
    }

    static Map<String, String> labels(String text) {
        var labels = new TreeMap<String, String>();
        object(text).forEach((name, value) -> labels.put(name, ((JsonString) value).getString()));
        return labels;
    }

    static String list(Collection<String> values) {
        return texts(values).build().toString();
    }

    static List<String> list(String text) {
        return list(array(text));
    }

    static List<String> list(JsonArray array) {
        return array.getValuesAs(JsonString::getString);
    }

    static JsonArrayBuilder texts(Collection<String> values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.stream().sorted().forEach(array::add);
        return array;
    }

    private static JsonArray array(String text) {
        return value(text).asJsonArray();
    }

    static JsonObject object(String text) {
        return value(text).asJsonObject();
    }

    private static JsonValue value(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
