package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Examples of the guide are valid, and what it says of recordings is what recordings hold. */
@ExtendWith(RunningGateway.class)
class DocsSystemTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide");
    /** A name that exists nowhere: such a block is for another machine. */
    private static final String ELSEWHERE = "db.example";

    private final Gateway gateway;

    DocsSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void everyManifestCouldBeApplied() throws Exception {
        int checked = 0;
        for (Path page : pages()) {
            for (Transcript.Block block : Transcript.blocks(page)) {
                if (block.language().equals("yaml")) {
                    Api.Answer answer =
                            gateway.api("dave").send("POST", "manifests/diff", "application/yaml", block.text());
                    assertThat(answer.status())
                            .as("%s line %d: %s", page, block.line(), answer.body())
                            .isEqualTo(200);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(5);
    }

    @Test
    void everyShellExampleSucceeds(@TempDir Path directory) throws Exception {
        var text = new PrintedText(gateway);
        try (var shell = new Shell(gateway, directory)) {
            for (Path page : pages()) {
                for (Transcript.Block block : Transcript.blocks(page)) {
                    if (block.language().equals("sh") && !block.text().contains(ELSEWHERE)) {
                        Shell.Printed printed = shell.run(text.command(block.text()), line -> {});
                        assertThat(printed.exit())
                                .as("%s line %d: %s", page, block.line(), printed.lines())
                                .isZero();
                        assertThat(String.join("\n", printed.lines())).doesNotContain("/problems/");
                    }
                }
            }
        }
    }

    @Test
    void framesHaveTheMembersThatTheGuideLists() throws Exception {
        String sql = "update orders set note = 'recorded' where id = 105";
        Process psql = gateway.psql("orders-agent", "shop")
                .start(
                        "set application_name = 'documented'",
                        "select id, email from customers where id = 1",
                        sql,
                        "select * from payments");
        Polling.decide(gateway, "bob", Polling.pendingApproval(gateway, sql), "approve");
        Psql.finish(psql);
        try (var policy = DutiesPolicy.masters(gateway, "{users: [alice]}", "lab18")) {
            Psql.Result listening = gateway.psql("alice", "lab18")
                    .run(
                            "create table documented (line text)",
                            "listen documented",
                            "notify documented, 'heard'",
                            "\\copy documented from program 'echo seen'",
                            "drop table documented");
            assertThat(listening.exit()).as(policy.mark() + listening.err()).isZero();
        }
        Map<String, Set<String>> documented = DocsTablesTest.documentedFrames();
        var frames = new ArrayList<>(recordingOf("orders-agent"));
        frames.addAll(recordingOf("alice"));
        assertThat(frames.stream().map(frame -> frame.required("type").asText()).collect(Collectors.toSet()))
                .isEqualTo(documented.keySet());
        for (JsonNode frame : frames) {
            Set<String> members = documented.get(frame.required("type").asText());
            var allowed = new TreeSet<>(Set.of("sequence", "at", "type", "hash", "previous"));
            var needed = new TreeSet<>(allowed);
            for (String member : members) {
                allowed.add(member.replace("*", ""));
                if (!member.endsWith("*")) {
                    needed.add(member);
                }
            }
            var present = new TreeSet<String>();
            frame.fieldNames().forEachRemaining(present::add);
            assertThat(allowed).as(frame.toString()).containsAll(present);
            assertThat(present).as(frame.toString()).containsAll(needed);
        }
    }

    private List<JsonNode> recordingOf(String principal) throws Exception {
        Api carol = gateway.api("carol");
        String session = Polling.items(carol.read("sessions?principal=" + principal + "&limit=1"))
                .get(0)
                .required("id")
                .asText();
        var frames = new ArrayList<JsonNode>();
        org.awaitility.Awaitility.await().until(() -> {
            frames.clear();
            carol.read("sessions/" + session + "/recording")
                    .body()
                    .lines()
                    .map(line -> new Api.Answer(200, "", line).json())
                    .forEach(frames::add);
            return frames.getLast().required("type").asText().equals("session-closed");
        });
        return frames;
    }

    private static List<Path> pages() throws java.io.IOException {
        try (var pages = Files.newDirectoryStream(GUIDE, "*.md")) {
            var all = new ArrayList<Path>();
            pages.forEach(all::add);
            all.sort(null);
            return all;
        }
    }
}
