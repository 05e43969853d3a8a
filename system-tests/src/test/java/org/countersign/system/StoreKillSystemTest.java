package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.countersign.cli.verify.JournalVerifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The store is killed while clients write: nobody hangs, everybody is told what is, the gateway heals by itself, and no
 * record, here or in the store, claims more than what happened.
 */
@ExtendWith(RunningGateway.class)
class StoreKillSystemTest {
    private static final int KILLS = 100;

    /** After so many kills everybody has to have come through; in between the next may hit them still at it. */
    private static final int ROUND = 5;

    private static final long SEED = 20_261_122;
    private static final int MOST_ANSWERS = 20;
    private static final int POOL = 40;
    private static final String TARGET = "lab18";
    private static final String STATISTICS = "/subsystem=datasources/data-source=Countersign/statistics=pool";
    private static final Pattern IN_USE = Pattern.compile("\"InUseCount\" => (\\d+)");

    /** What an error says; psql keeps the SQLSTATE of a sign-in to itself. */
    private static final Pattern CLEAR = Pattern.compile("57P03 (ERROR|FATAL): The gateway .*"
            + "|null (ERROR|FATAL): The gateway cannot .*"
            + "|(28000|null) (ERROR|FATAL): The sign-in took too long.*");

    private static Gateway gateway;
    private static EmbeddedStore store;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void prepare(Gateway running) throws Exception {
        gateway = running;
        store = new EmbeddedStore(gateway);
        gateway.lab()
                .prepare(
                        TARGET,
                        "create table mark (mark text primary key)",
                        "grant all on mark to shop_gateway",
                        "alter role shop_gateway set log_statement = 'mod'");
        LabPolicy.change(gateway, """
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: lab-marker}
            spec:
              holders: {clients: [orders-agent]}
              permissions:
                - targets: [lab18]
                  actions: [sql:select, sql:insert]
                  resources: [public.mark]
            """);
        Management.run(STATISTICS + ":write-attribute(name=statistics-enabled,value=true)");
    }

    @Test
    void aKilledStoreIsToldToEverybodyAndNothingIsRecordedAsExecutedThatWasNot() throws Exception {
        var countersigner = new Countersigner(gateway);
        var clients = new MarkClients(gateway)
                .pgjdbc("staying", "frank", Integer.MAX_VALUE)
                .pgjdbc("returning", "frank", 3)
                .psql("psql", "frank")
                .pgjdbc("held", "orders-agent", Integer.MAX_VALUE)
                .pgjdbc("heldreturning", "orders-agent", 2);
        for (int kill = 0; kill < KILLS && clients.hung.isEmpty(); kill++) {
            clients.awaitAnswers(1 + random.nextInt(MOST_ANSWERS));
            switch (kill % 20) {
                case 0, 10 -> store.killServer();
                case 2 -> store.killASession();
                default -> store.endSessions();
            }
            store.awaitReadiness();
            if (kill % ROUND == 0) {
                awaitEverybody(clients, kill);
            }
        }
        clients.stop();
        clients.join();
        countersigner.stop();

        assertThat(clients.hung).isEmpty();
        assertThat(countersigner.unclear).isEmpty();
        assertThat(clients.errors.values())
                .isNotEmpty()
                .allMatch(error -> CLEAR.matcher(error).matches());
        assertThat(clients.errors.keySet())
                .as("a policy is in force that the store confirmed just now")
                .noneMatch(mark -> mark.startsWith("staying-"));
        assertRecordsTrue(clients);
        assertNothingIsLeftOver();
    }

    /** Everybody has written a mark since the store is back, in new sessions and in old ones, held or not. */
    private static void awaitEverybody(MarkClients clients, int kill) {
        Map<String, Long> before = clients.written();
        await("everybody writes after kill " + kill)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !clients.hung.isEmpty()
                        || clients.written().entrySet().stream()
                                .allMatch(count -> count.getValue() > before.get(count.getKey())));
    }

    private void assertRecordsTrue(MarkClients clients) throws IOException, SQLException {
        Path journal = gateway.home().resolve("journal");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(openSessions()).isEmpty());
        assertThat(JournalVerifier.verify(journal).fault()).isEmpty();
        RecordedMarks recorded = RecordedMarks.read(journal);
        Set<String> ran = ran();
        assertThat(clients.told).hasSizeGreaterThan(KILLS);
        assertThat(ran).as("shown").containsAll(clients.told);
        assertThat(ran).as("told that it did not run").doesNotContainAnyElementsOf(clients.errors.keySet());
        assertThat(ran).as("recorded as executed").containsAll(recorded.executed());
        assertThat(recorded.allowed()).as("ran").containsAll(ran);
        assertThat(recorded.allowed()).as("in the target's log").containsAll(logged());
        assertThat(logged()).as("ran").containsAll(ran);
        assertThat(recorded.outcomes().keySet()).as("every command has an end").containsAll(recorded.allowed());
        assertApprovalsTrue(ran);
    }

    /** An approval is executed when its command ran, and nobody is asked any more about one that will not; unused ones expire. */
    private static void assertApprovalsTrue(Set<String> ran) throws SQLException {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(approvals().values()).doesNotContain("PENDING"));
        Map<String, String> states = approvals();
        Set<String> executed = states.entrySet().stream()
                .filter(approval -> approval.getValue().equals("EXECUTED"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(executed)
                .isEqualTo(ran.stream().filter(mark -> mark.startsWith("held")).collect(Collectors.toSet()));
        assertThat(executed).hasSizeGreaterThanOrEqualTo(2 * KILLS / ROUND);
    }

    /** The states of approvals, by the marks of their commands. */
    private static Map<String, String> approvals() throws SQLException {
        var states = new HashMap<String, String>();
        for (String approval : store.ask("select state || ' ' || commands from approval where target = '" + TARGET
                + "' and commands like '%into mark values%'")) {
            states.merge(
                    RecordedMarks.in(approval),
                    approval.substring(0, approval.indexOf(' ')),
                    (one, other) -> one.equals("EXECUTED") ? one : other);
        }
        return states;
    }

    private static Set<String> ran() throws SQLException {
        return Set.of(gateway.lab()
                .ask(TARGET, "select string_agg(mark, ' ') from mark")
                .split(" ", -1));
    }

    /** The marks of the statements that the target was told to execute. */
    private static Set<String> logged() throws IOException {
        var marks = new HashSet<String>();
        try (var lines = Files.lines(gateway.lab().log(TARGET), StandardCharsets.UTF_8)) {
            lines.filter(line -> line.contains("LOG:"))
                    .map(RecordedMarks::in)
                    .filter(mark -> !mark.isEmpty())
                    .forEach(marks::add);
        }
        return marks;
    }

    private static List<String> openSessions() throws SQLException {
        return store.ask("select id from session where ended_at is null and target = '" + TARGET + "'");
    }

    private static void assertNothingIsLeftOver() throws Exception {
        assertThat(store.ask("select state from pg_stat_activity where usename = 'countersign'"))
                .hasSizeLessThanOrEqualTo(POOL);
        // not at a whole part of a second: what the node does every second uses some of them
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(170))
                .untilAsserted(() -> assertThat(inUse()).isZero());
    }

    private static int inUse() throws IOException, InterruptedException {
        Matcher count = IN_USE.matcher(Management.run(STATISTICS + ":read-resource(include-runtime=true)"));
        assertThat(count.find()).isTrue();
        return Integer.parseInt(count.group(1));
    }
}
