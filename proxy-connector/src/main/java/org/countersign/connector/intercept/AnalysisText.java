package org.countersign.connector.intercept;

import java.util.Collection;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What a command was found to do, as JSON for its recording: everything that a policy judges beside text and values, so
 * that another policy can be asked about it later. It holds names, and the texts of several statements as recordings have
 * them.
 *
 * <p>Confined to one session's event loop.
 */
final class AnalysisText {
    /** A longer one is left out: the record says so, and the command cannot be judged again. */
    static final int MAX_CHARACTERS = 32 * 1024;

    private @Nullable Command last;
    private String text = "";

    /**
     * Returns the JSON; {@code null} in JSON for one that is too long. The same command again costs nothing, unless it has
     * texts.
     *
     * @param shown a text as recordings have it
     */
    String of(Command command, UnaryOperator<String> shown) {
        boolean several = command.parts().size() > 1;
        if (command != last || several) {
            text = write(command, several, shown);
            last = command;
        }
        return text;
    }

    private static String write(Command command, boolean several, UnaryOperator<String> shown) {
        JsonText json = one(command, new JsonText());
        if (several) {
            var parts = new StringBuilder("[");
            for (Command part : command.parts()) {
                parts.append(parts.length() > 1 ? "," : "")
                        .append(one(
                                        part,
                                        new JsonText()
                                                .put("kind", part.kind())
                                                .put("text", shown.apply(part.text()))
                                                .put("reasoned", part.reason().isPresent()))
                                .text());
            }
            json.raw("parts", parts.append(']'));
        }
        String written = json.text();
        return written.length() > MAX_CHARACTERS ? "null" : written;
    }

    private static JsonText one(Command command, JsonText json) {
        return json.put(
                        "effects",
                        command.effects().stream()
                                .map(Effect::name)
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList())
                .put("predicate", command.hasPredicate())
                .put("inTransaction", command.inTransaction())
                .put("functions", command.functions())
                .raw("accesses", accesses(command))
                .raw("outputs", outputs(command))
                .raw("examined", fields(command.examined()))
                .raw("moved", fields(command.moved()))
                .raw("written", fields(command.written()));
    }

    private static CharSequence accesses(Command command) {
        var out = new StringBuilder("[");
        for (Access access : command.accesses()) {
            out.append(out.length() > 1 ? "," : "").append('[');
            JsonText.value(out, access.action().name());
            out.append(',');
            switch (access.resource()) {
                case Resource.Relation relation -> {
                    out.append("\"relation\",");
                    JsonText.value(out, relation.name());
                    relation.columns().stream().sorted().forEach(column -> {
                        out.append(',');
                        JsonText.value(out, column);
                    });
                }
                case Resource.Routine routine -> {
                    out.append("\"routine\",");
                    JsonText.value(out, routine.name());
                }
                case Resource.Everything everything -> out.append("\"everything\"");
            }
            out.append(']');
        }
        return out.append(']');
    }

    private static CharSequence outputs(Command command) {
        var out = new StringBuilder("[");
        for (OutputField output : command.outputs()) {
            out.append(out.length() > 1 ? "," : "").append('[');
            JsonText.value(out, output.label());
            out.append(',').append(fields(output.sources())).append(']');
        }
        return out.append(']');
    }

    private static CharSequence fields(Collection<FieldName> fields) {
        var out = new StringBuilder("[");
        for (FieldName field : fields) {
            out.append(out.length() > 1 ? "," : "").append('[');
            JsonText.value(out, field.container());
            out.append(',');
            JsonText.value(out, field.field());
            out.append(']');
        }
        return out.append(']');
    }
}
