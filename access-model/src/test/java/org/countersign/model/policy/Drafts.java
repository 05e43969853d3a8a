package org.countersign.model.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;

/** Commands in the making, over the tables of the demo. */
final class Drafts {
    static final String CUSTOMERS = "public.customers";
    static final String ORDERS = "public.orders";
    static final FieldName EMAIL = new FieldName(CUSTOMERS, "email");
    static final FieldName CARD = new FieldName(CUSTOMERS, "card_number");
    static final FieldName PROFILE = new FieldName(CUSTOMERS, "profile");
    static final FieldName NAME = new FieldName(CUSTOMERS, "full_name");

    private Drafts() {}

    static Command several(Draft... drafts) {
        return SqlCommand.several(
                "the text",
                Stream.of(drafts).map(draft -> (SqlCommand) draft.build()).toList(),
                List.of(),
                false);
    }

    static Access access(String verb, String relation, String... columns) {
        return new Access(Action.sql(verb), new Resource.Relation(relation, Set.of(columns)));
    }

    static Draft reading(String relation, String... columns) {
        return command("select", access("select", relation, columns));
    }

    static Draft utility(String kind, String verb) {
        return command(kind, new Access(Action.sql(verb), new Resource.Everything()));
    }

    static Draft command(String kind, Access... accesses) {
        return new Draft(
                kind, List.of(accesses), Set.of(Effect.READ), List.of(), List.of(), Set.of(), Set.of(), Set.of());
    }

    /** A command in the making. */
    record Draft(
            String kind,
            List<Access> accesses,
            Set<Effect> effects,
            List<String> functions,
            List<OutputField> outputs,
            Set<FieldName> examined,
            Set<FieldName> moved,
            Set<FieldName> written) {
        Draft writing(FieldName... fields) {
            return new Draft(kind, accesses, Set.of(Effect.WRITE), functions, outputs, examined, moved, Set.of(fields));
        }

        Draft calling(String function) {
            return new Draft(kind, accesses, effects, List.of(function), outputs, examined, moved, written);
        }

        @SafeVarargs
        final Draft returning(Set<FieldName>... sources) {
            List<OutputField> fields = List.of(sources).stream()
                    .map(source -> new OutputField("column", source))
                    .toList();
            return new Draft(kind, accesses, effects, functions, fields, examined, moved, written);
        }

        /** One column whose values are made of these in that way. */
        Draft returning(OutputField.Content content, FieldName... sources) {
            List<OutputField> fields = List.of(new OutputField("column", Set.of(sources), content));
            return new Draft(kind, accesses, effects, functions, fields, examined, moved, written);
        }

        Draft examining(FieldName... fields) {
            return new Draft(kind, accesses, effects, functions, outputs, Set.of(fields), moved, written);
        }

        Draft moving(FieldName... fields) {
            return new Draft(
                    kind, accesses, Set.of(Effect.WRITE), functions, outputs, examined, Set.of(fields), written);
        }

        /** With this constant and this bound value. */
        Command saying(String constant, String bound) {
            SqlCommand built = (SqlCommand) build();
            return new SqlCommand(
                            kind,
                            built.text(),
                            List.of(new Parameter("text", Optional.of(bound))),
                            built.analysis(),
                            List.of(),
                            false)
                    .withConstants(List.of(constant));
        }

        Command build() {
            return new SqlCommand(
                    kind,
                    "the text",
                    List.of(),
                    new SqlAnalysis(
                            accesses, effects, functions, true, outputs, examined, moved, written, List.of(), ""),
                    List.of(),
                    false);
        }
    }
}
