package org.countersign.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.recording.RecentCommands.Recent;
import org.countersign.model.audit.FrameType;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.Resource;
import org.junit.jupiter.api.Test;

class RecentCommandsTest {
    private static final FieldName NOTE = new FieldName("public.orders", "note");
    private static final String ONE = "'effects':['write'],'predicate':true,'inTransaction':false,"
            + "'functions':['public.f(integer)'],'accesses':[['sql:update','relation','public.orders','note']],"
            + "'outputs':[['shown',[['public.orders','note']]]],'examined':[['public.orders','note']],'moved':[],"
            + "'written':[['public.orders','note']]";

    private final Frames older = new Frames();
    private final Frames newer = new Frames();
    private final RecentCommands recent = new RecentCommands((from, enough, reader) -> {
        newer.read(reader);
        if (!enough.getAsBoolean()) {
            older.read(reader);
        }
    });

    /** The connector writes exactly this: see AnalysisTextTest there. */
    @Test
    void makesTheCommandAgainThatTheVerdictWasAbout() {
        UUID id = asked(newer, 4, "{" + ONE + "}");

        RecordedCommand found = all(10).commands().getFirst();
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.sequence()).isEqualTo(4);
        Command command = found.command();
        assertThat(command.kind()).isEqualTo("update");
        assertThat(command.text()).isEqualTo("update …");
        assertThat(command.parameters()).containsExactly(new Parameter("int4", java.util.Optional.of("7")));
        assertThat(command.accesses())
                .containsExactly(
                        new Access(Action.sql("update"), new Resource.Relation("public.orders", Set.of("note"))));
        assertThat(command.effects()).containsExactly(Effect.WRITE);
        assertThat(command.functions()).containsExactly("public.f(integer)");
        assertThat(command.outputs()).containsExactly(new OutputField("shown", Set.of(NOTE)));
        assertThat(command.examined()).containsExactly(NOTE);
        assertThat(command.moved()).isEmpty();
        assertThat(command.written()).containsExactly(NOTE);
        assertThat(command.hasPredicate()).isTrue();
        assertThat(command.parts()).containsExactly(command);
    }

    @Test
    void keepsSeveralStatementsApart() {
        asked(
                newer,
                1,
                "{" + ONE + ",'parts':[{'kind':'a','text':'x'," + ONE + "},{'kind':'b','text':'y'," + ONE + "}]}");

        assertThat(all(10).commands().getFirst().command().parts().stream().map(Command::kind))
                .containsExactly("a", "b");
    }

    @Test
    void countsWhatCannotBeJudgedAgain() {
        asked(newer, 1, "null");
        newer.command(UUID.randomUUID(), 2, "allow");

        assertThat(all(10)).isEqualTo(new Recent(List.of(), false, 2));
    }

    @Test
    void takesTheFirstVerdictOfACommandAndTheLatestCommandsAndSaysThatThereAreMore() {
        UUID first = asked(older, 1, "{" + ONE + "}");
        UUID second = asked(newer, 1, "{" + ONE + "}");
        verdict(newer, second, "{" + ONE + "}");

        assertThat(all(1).commands()).extracting(RecordedCommand::id).hasSize(1).doesNotContain(new UUID(0, 0));
        assertThat(all(1).limited()).isTrue();
        assertThat(all(2).commands()).extracting(RecordedCommand::id).containsExactlyInAnyOrder(first, second);
        assertThat(all(2).limited()).isFalse();
    }

    @Test
    void findsOnlyWhatIsAskedForWithVerdictAndEnd() {
        UUID write = asked(newer, 1, "{" + ONE + "}");
        newer.finished(write, "executed");
        asked(newer, 2, "{" + ONE.replace("'write'", "'read'") + "}");

        assertThat(recent.between(
                                Instant.EPOCH,
                                Instant.MAX,
                                10,
                                command -> command.command().effects().contains(Effect.WRITE))
                        .commands())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.id()).isEqualTo(write);
                    assertThat(command.verdict()).isEqualTo("hold");
                    assertThat(command.outcome()).isEqualTo("executed");
                });
        assertThat(recent.between(Instant.EPOCH, Instant.EPOCH, 10, command -> true)
                        .commands())
                .isEmpty();
    }

    @Test
    void givesEveryCommandPartByPartTheLatestFirstWithItsEnd() {
        UUID first = asked(older, 1, "{" + ONE + "}");
        UUID second = asked(newer, 1, "{" + ONE + "}");
        UUID third = asked(newer, 2, "{" + ONE + "}");
        newer.finished(first, "executed");
        var given = new ArrayList<List<RecordedCommand>>();

        assertThat(recent.each(Instant.EPOCH, Instant.MAX, command -> true, given::add))
                .isZero();

        assertThat(given.stream()
                        .filter(part -> !part.isEmpty())
                        .map(part -> part.stream().map(RecordedCommand::id).toList()))
                .containsExactly(List.of(third, second), List.of(first));
        assertThat(given.getLast().getFirst().outcome()).isEqualTo("executed");
        assertThat(given.getLast().getFirst().message()).isEqualTo("wait");
    }

    private Recent all(int limit) {
        return recent.since(Instant.EPOCH, limit);
    }

    private static UUID asked(Frames frames, long sequence, String analysis) {
        UUID id = UUID.randomUUID();
        frames.add(
                FrameType.RECEIVED,
                "{'command':'" + id + "','sequence':" + sequence
                        + ",'text':'update …','parameters':[{'type':'int4','value':'7'}]}");
        verdict(frames, id, analysis);
        return id;
    }

    private static void verdict(Frames frames, UUID id, String analysis) {
        frames.add(
                FrameType.VERDICT,
                "{'command':'" + id + "','verdict':'hold','message':'wait','kind':'update','analysis':" + analysis
                        + "}");
    }
}
