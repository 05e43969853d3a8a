package org.countersign.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.recording.CommandResult.Column;
import org.countersign.core.recording.CommandResult.Failure;
import org.countersign.model.audit.FrameType;
import org.junit.jupiter.api.Test;

class ResultFoldTest {
    private final UUID id = UUID.randomUUID();
    private final Frames frames = new Frames().command(id, 1, "allow");

    @Test
    void joinsTheResponseFramesOfItsCommand() {
        frames.add(
                        FrameType.RESPONSE,
                        "{'command':'" + id + "','columns':[{'name':'id','type':'int4'},{'name':'raw','type':'bytea'}],"
                                + "'rows':[['1',{'binary':'ff00'}]],'tag':null,'error':null,'notices':[]}")
                .add(FrameType.RESPONSE, "{'command':'" + UUID.randomUUID() + "','rows':[['other']]}")
                .add(
                        FrameType.RESPONSE,
                        "{'command':'" + id + "','rows':[['2',null]],'tag':'SELECT 2','notices':['careful']}");

        CommandResult result = result().orElseThrow();

        assertThat(result.columns()).containsExactly(new Column("id", "int4"), new Column("raw", "bytea"));
        assertThat(result.rows())
                .containsExactly(
                        List.of(Optional.of("1"), Optional.of("\\xff00")), List.of(Optional.of("2"), Optional.empty()));
        assertThat(result.tag()).contains("SELECT 2");
        assertThat(result.notices()).containsExactly("careful");
        assertThat(result.cut()).isFalse();
    }

    @Test
    void showsTheLinesThatAClientCopiedIn() {
        frames.add(
                        FrameType.RESPONSE,
                        "{'command':'" + id + "','columns':[{'name':'id','type':'int4'},{'name':'n','type':'text'}]}")
                .add(FrameType.COPY_DATA, "{'command':'" + id + "','text':'1,a\\n2,b\\n'}")
                .add(FrameType.COPY_DATA, "{'command':'" + UUID.randomUUID() + "','text':'other'}")
                .add(FrameType.COPY_DATA, "{'command':'" + id + "','binary':'00ff'}")
                .add(FrameType.RESPONSE, "{'command':'" + id + "','rows':[],'tag':'COPY 2'}");

        CommandResult result = result().orElseThrow();

        assertThat(result.columns()).hasSize(1);
        assertThat(result.rows())
                .containsExactly(
                        List.of(Optional.of("1,a")), List.of(Optional.of("2,b")), List.of(Optional.of("\\x00ff")));
        assertThat(result.tag()).contains("COPY 2");
    }

    @Test
    void keepsTheErrorThatTheClientSaw() {
        frames.add(
                FrameType.RESPONSE,
                "{'command':'" + id + "','rows':[],'error':{'sqlState':'22012','message':'division by zero'}}");

        assertThat(result().orElseThrow().error()).contains(new Failure("22012", "division by zero"));
    }

    @Test
    void isEmptyForACommandWithoutResponse() {
        assertThat(result().orElseThrow().rows()).isEmpty();
    }

    @Test
    void knowsOnlyCommandsOfTheSession() {
        ResultFold fold = new ResultFold(UUID.randomUUID());
        frames.read(fold::read);

        assertThat(fold.result()).isEmpty();
    }

    @Test
    void writesALineWithTheFramesMembersFirst() {
        assertThat(RecordingLine.of(new Frames()
                        .add(FrameType.RECEIVED, "{'command':'c','sequence':3,'text':'a\\nb','hash':'forged'}")
                        .last()))
                .isEqualTo("{\"sequence\":1,\"at\":\"2026-11-22T10:00:00Z\",\"type\":\"received\",\"hash\":\"0102\","
                        + "\"previous\":\"" + "0".repeat(64)
                        + "\",\"command\":\"c\",\"commandSequence\":3,\"text\":\"a\\nb\",\"commandHash\":\"forged\"}");
    }

    private Optional<CommandResult> result() {
        ResultFold fold = new ResultFold(id);
        frames.read(fold::read);
        return fold.result();
    }
}
