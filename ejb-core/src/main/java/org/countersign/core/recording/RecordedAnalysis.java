package org.countersign.core.recording;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;

/** Makes the command again that a verdict was about, out of what its frames say. */
final class RecordedAnalysis {
    private RecordedAnalysis() {}

    /** Returns nothing when the verdict's frame does not say what the verdict rested on. */
    static Optional<SqlCommand> command(Payload received, Payload verdict) {
        List<Parameter> parameters = received.objects("parameters").stream()
                .map(parameter -> new Parameter(parameter.text("type").orElse(""), parameter.text("value")))
                .toList();
        String text = received.text("text").orElse("");
        Optional<String> reason = verdict.text("reason");
        return verdict.object("analysis")
                .map(analysis -> new SqlCommand(
                                verdict.text("kind").orElse(""),
                                text,
                                parameters,
                                analysis(analysis, verdict.text("treeDigest").orElse("")),
                                List.of(),
                                analysis.flag("inTransaction"),
                                analysis.objects("parts").stream()
                                        .map(part -> new SqlCommand(
                                                        part.text("kind").orElse(""),
                                                        part.text("text").orElse(text),
                                                        parameters,
                                                        analysis(part, ""),
                                                        List.of(),
                                                        part.flag("inTransaction"))
                                                .because(reason.filter(given -> part.flag("reasoned"))))
                                        .toList(),
                                List.of(),
                                reason)
                        .estimated(verdict.number("estimatedRows")
                                .<Estimate>map(Estimate.Rows::new)
                                .orElseGet(() -> new Estimate.Unknown("nobody asked when it was sent"))));
    }

    private static SqlAnalysis analysis(Payload json, String digest) {
        return new SqlAnalysis(
                arrays(json, "accesses").map(RecordedAnalysis::access).toList(),
                json.texts("effects").stream()
                        .map(name -> Effect.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                json.texts("functions"),
                json.flag("predicate"),
                arrays(json, "outputs")
                        .map(output -> new OutputField(output.getString(0), fields(output.getJsonArray(1))))
                        .toList(),
                fields(json.array("examined")),
                fields(json.array("moved")),
                fields(json.array("written")),
                List.of(),
                digest);
    }

    private static java.util.stream.Stream<JsonArray> arrays(Payload json, String name) {
        return json.array(name).stream().map(JsonValue::asJsonArray);
    }

    private static Access access(JsonArray json) {
        Action action = new Action(json.getString(0));
        return new Access(
                action,
                switch (json.getString(1)) {
                    case "relation" -> {
                        var columns = new LinkedHashSet<String>();
                        for (int i = 3; i < json.size(); i++) {
                            columns.add(json.getString(i));
                        }
                        yield new Resource.Relation(json.getString(2), columns);
                    }
                    case "routine" -> new Resource.Routine(json.getString(2));
                    default -> new Resource.Everything();
                });
    }

    private static Set<FieldName> fields(List<? extends JsonValue> array) {
        return array.stream()
                .map(JsonValue::asJsonArray)
                .map(field -> new FieldName(field.getString(0), field.getString(1)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
