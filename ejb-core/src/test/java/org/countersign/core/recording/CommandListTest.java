package org.countersign.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.ParameterView;
import org.countersign.model.audit.FrameType;
import org.junit.jupiter.api.Test;

class CommandListTest {
    private final Frames frames = new Frames();

    @Test
    void putsACommandTogetherFromItsFrames() {
        UUID id = UUID.randomUUID();
        frames.add(FrameType.SESSION_OPENED, "{}").command(id, 1, "allow").finished(id, "executed");

        CommandView view = list(Optional.empty(), 10, Optional.empty()).items().getFirst();

        assertThat(view.id()).isEqualTo(id);
        assertThat(view.sequence()).isEqualTo(1);
        assertThat(view.kind()).isEqualTo("select");
        assertThat(view.text()).isEqualTo("select 1");
        assertThat(view.parameters()).containsExactly(new ParameterView("int4", Optional.empty()));
        assertThat(view.verdict()).contains("allow");
        assertThat(view.rules()).containsExactly("r");
        assertThat(view.policyVersion()).isEqualTo(7);
        assertThat(view.outcome()).isEqualTo("executed");
        assertThat(view.rows()).isEqualTo(5);
        assertThat(view.durationMicros()).contains(830L);
        assertThat(view.receivedAt()).isEqualTo(Frames.START.plusSeconds(1));
    }

    @Test
    void tellsTheStoryOfAHeldCommand() {
        UUID id = UUID.randomUUID();
        UUID approval = UUID.randomUUID();
        frames.command(id, 1, "hold")
                .add(FrameType.HELD, "{'command':'" + id + "','approval':'" + approval + "','url':'u','expiresAt':'x'}")
                .add(
                        FrameType.DECISION,
                        "{'command':'" + id + "','approval':'" + approval
                                + "','state':'approved','by':['bob'],'reason':'fine'}")
                .add(FrameType.VERDICT, "{'command':'" + id + "','verdict':'allow','policyVersion':8}")
                .finished(id, "executed");

        CommandView view =
                list(Optional.of("hold"), 10, Optional.empty()).items().getFirst();

        assertThat(view.verdict()).contains("hold");
        assertThat(view.finalVerdict()).contains("allow");
        assertThat(view.approval()).contains(approval);
        assertThat(view.policyVersion()).isEqualTo(8);
        assertThat(view.decision()).hasValueSatisfying(decision -> {
            assertThat(decision.state()).isEqualTo("approved");
            assertThat(decision.by()).containsExactly("bob");
        });
        assertThat(list(Optional.of("allow"), 10, Optional.empty()).items()).hasSize(1);
        assertThat(list(Optional.of("deny"), 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void pagesFromTheLatestToTheFirst() {
        for (int sequence = 1; sequence <= 5; sequence++) {
            UUID id = UUID.randomUUID();
            frames.command(id, sequence, "allow").finished(id, "executed");
        }

        Page<CommandView> first = list(Optional.empty(), 2, Optional.empty());
        Page<CommandView> second = list(Optional.empty(), 2, first.next());
        Page<CommandView> third = list(Optional.empty(), 2, second.next());

        assertThat(sequences(first)).containsExactly(5L, 4L);
        assertThat(sequences(second)).containsExactly(3L, 2L);
        assertThat(sequences(third)).containsExactly(1L);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void countsACommandWhoseValuesCameLaterOnceAndShowsThem() {
        UUID id = UUID.randomUUID();
        frames.add(FrameType.RECEIVED, "{'command':'" + id + "','sequence':1,'text':'select $1','parameters':[]}")
                .add(FrameType.VERDICT, "{'command':'" + id + "','verdict':'hold','kind':'select'}")
                .add(
                        FrameType.RECEIVED,
                        "{'command':'" + id + "','sequence':1,'text':'select $1',"
                                + "'parameters':[{'type':'int4','value':'7'}]}")
                .finished(id, "executed");

        assertThat(list(Optional.empty(), 10, Optional.empty()).items())
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.parameters()).containsExactly(new ParameterView("int4", Optional.of("7")));
                    assertThat(view.verdict()).contains("hold");
                    assertThat(view.receivedAt()).isEqualTo(Frames.START);
                });
    }

    @Test
    void pagesOverCommandsThatNeverEnded() {
        for (int sequence = 1; sequence <= 6; sequence++) {
            UUID id = UUID.randomUUID();
            frames.command(id, sequence, "allow");
            if (sequence > 3) {
                frames.finished(id, "executed");
            }
        }

        Page<CommandView> first = list(Optional.empty(), 2, Optional.empty());
        Page<CommandView> second = list(Optional.empty(), 2, first.next());

        assertThat(sequences(first)).containsExactly(6L, 5L);
        assertThat(sequences(second)).containsExactly(4L, 3L);
        assertThat(sequences(list(Optional.empty(), 2, second.next()))).containsExactly(2L, 1L);
    }

    @Test
    void showsAnUnfinishedCommandAsUnknown() {
        frames.command(UUID.randomUUID(), 1, "allow");

        assertThat(list(Optional.empty(), 2, Optional.empty()).items())
                .singleElement()
                .satisfies(view -> assertThat(view.outcome()).isEqualTo("unknown"));
    }

    @Test
    void refusesACursorOfAnotherList() {
        assertThatThrownBy(() -> list(Optional.empty(), 2, Optional.of("x")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> list(Optional.empty(), 0, Optional.empty()))
                .isInstanceOf(InvalidRequestException.class);
    }

    private Page<CommandView> list(Optional<String> verdict, int limit, Optional<String> after) {
        CommandList list = new CommandList(new CommandFilter(verdict, limit, after));
        frames.read(list::read);
        return list.page();
    }

    private static List<Long> sequences(Page<CommandView> page) {
        return page.items().stream().map(CommandView::sequence).toList();
    }
}
