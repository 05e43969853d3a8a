package org.countersign.connector.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.countersign.connector.corpus.Trial.Change;
import org.countersign.connector.postgres.analysis.KnownNodes;
import org.countersign.connector.postgres.analysis.ReviewedLists;
import org.countersign.wire.postgres.BackendMessage.CopyData;
import org.countersign.wire.postgres.BackendMessage.FunctionCallResponse;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must be denied is denied, what must be masked is masked, and what must be allowed is allowed, on every version of
 * the target; and without the gateway each entry does what its reason says.
 */
@ParameterizedClass(name = "PostgreSQL {0}")
@MethodSource("versions")
class CorpusTest {
    private static final String VERSIONS = "countersign.versions";
    private static final String ONLY = "countersign.entries";
    private static final String IN_HEX = "\\x";
    private static final String ERROR = "error ";
    private static final String ANY_MASK = "?";
    private static final int FEWEST_ENTRIES = 150;
    private static final int EVERY_VERSION = 5;

    @TempDir
    static Path directory;

    private static final ReviewedLists REVIEWED = new ReviewedLists();
    private static final KnownNodes NODES = new KnownNodes();
    private static final Set<Integer> LOOKED_AT = new HashSet<>();
    private static Vault vault;
    private static Trial trial;

    @Parameter
    int version;

    /** All, or those of {@code -Dcountersign.versions=15,16}. */
    static IntStream versions() {
        return Arrays.stream(System.getProperty(VERSIONS, "14,15,16,17,18").split(","))
                .mapToInt(Integer::parseInt);
    }

    @BeforeParameterizedClassInvocation
    static void start(int version) throws Exception {
        vault = Vault.start(version, directory);
        trial = new Trial(vault);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        trial.close();
        vault.close();
    }

    @Test
    void everyFunctionOperatorAndNodeOfTheServerIsReviewed() throws Exception {
        try (Connection administrator = vault.administrator()) {
            REVIEWED.look(administrator);
        }
        try (Speaker client = vault.direct()) {
            NODES.look(client, version);
        }
        LOOKED_AT.add(version);
        if (LOOKED_AT.size() == EVERY_VERSION) {
            REVIEWED.nothingIsListedInVain();
            NODES.noneIsKnownInVain();
        }
    }

    @TestFactory
    Stream<DynamicTest> mustDeny() {
        return tests("must-deny.sql", this::denied);
    }

    @TestFactory
    Stream<DynamicTest> mustMask() {
        return tests("must-mask.sql", this::masked);
    }

    @TestFactory
    Stream<DynamicTest> mustAllow() {
        return tests("must-allow.sql", this::allowed);
    }

    private interface Check {
        void of(Entry entry) throws Exception;
    }

    private Stream<DynamicTest> tests(String file, Check check) {
        List<Entry> entries = Corpus.entries(file);
        assertThat(entries).hasSizeGreaterThanOrEqualTo(FEWEST_ENTRIES);
        String only = System.getProperty(ONLY, "");
        return entries.stream()
                .filter(entry ->
                        entry.on(version) && (only.isEmpty() || entry.name().matches(only)))
                .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> check.of(entry)));
    }

    private void denied(Entry entry) throws Exception {
        works(entry);
        var changes = new ArrayList<Change>();
        Answers answers = trial.guarded(entry, entry.principal("masked"), true, changes);
        if (open(entry, () -> refused(entry, answers, changes))) {
            return;
        }
        refused(entry, answers, changes);
    }

    private static void refused(Entry entry, Answers answers, List<Change> changes) {
        safe(answers);
        assertThat(answers.error()).as(told(answers)).isPresent();
        refusedWith(entry, entry.expected().getFirst(), answers);
        assertThat(answers.messages())
                .noneMatch(message -> message instanceof DataRow
                        || message instanceof CopyData
                        || message instanceof FunctionCallResponse);
        changes.forEach(change -> assertThat(change.after()).isEqualTo(change.before()));
    }

    private void masked(Entry entry) throws Exception {
        Answers direct = works(entry);
        Answers answers = trial.guarded(entry, entry.principal("masked"), false, new ArrayList<>());
        if (open(entry, () -> hidden(entry, direct, answers))) {
            return;
        }
        hidden(entry, direct, answers);
    }

    private static void hidden(Entry entry, Answers direct, Answers answers) {
        safe(answers);
        assertThat(entry.expected()).isNotEmpty();
        if (entry.expected().getFirst().startsWith(ERROR)) {
            refusedWith(entry, entry.expected().getFirst().substring(ERROR.length()), answers);
            entry.shows()
                    .ifPresent(text ->
                            assertThat(String.join("\n", answers.told())).doesNotContain(text));
        } else {
            shown(entry, direct, answers);
        }
    }

    private static void shown(Entry entry, Answers direct, Answers answers) {
        assertThat(answers.error()).as(told(answers)).isEmpty();
        List<List<String>> rows = answers.rows();
        List<List<String>> clear = direct.rows();
        assertThat(rows).as(told(answers)).hasSameSizeAs(entry.expected());
        for (int i = 0; i < rows.size(); i++) {
            List<String> expected = Arrays.asList(entry.expected().get(i).split(" \\| ", -1));
            assertThat(rows.get(i)).as(told(answers)).hasSameSizeAs(expected);
            for (int column = 0; column < expected.size(); column++) {
                String value = rows.get(i).get(column);
                if (expected.get(column).equals(ANY_MASK)) {
                    assertThat(value)
                            .as(told(answers))
                            .isNotEqualTo(clear.get(i).get(column));
                } else {
                    boolean inHex = expected.get(column).startsWith(IN_HEX);
                    assertThat(inHex ? hex(value) : value).as(told(answers)).isEqualTo(expected.get(column));
                }
            }
        }
    }

    private static String hex(String latin) {
        return IN_HEX + HexFormat.of().formatHex(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void allowed(Entry entry) throws Exception {
        Answers direct = trial.direct(entry, new ArrayList<>());
        assertThat(direct.error()).as(told(direct)).isEmpty();
        String principal = entry.principal("masked");
        Answers answers = trial.guarded(entry, principal, false, new ArrayList<>());
        if (open(entry, () -> same(entry, principal, direct, answers))) {
            return;
        }
        same(entry, principal, direct, answers);
    }

    private static void same(Entry entry, String principal, Answers direct, Answers answers) {
        if (!principal.equals("clear")) {
            safe(answers);
        }
        if (entry.expected().isEmpty()) {
            assertThat(answers.told()).isEqualTo(direct.told());
        } else {
            shown(entry, direct, answers);
        }
    }

    /** Without the gateway it shows a secret, or what the entry names, or has the effect that it names. */
    private static Answers works(Entry entry) throws Exception {
        var changes = new ArrayList<Change>();
        Answers direct = trial.direct(entry, changes);
        if (entry.effect().isPresent()) {
            Change change = changes.getFirst();
            assertThat(change.after())
                    .as(told(direct))
                    .isEqualTo(entry.effect().get().answer());
            assertThat(change.before()).isNotEqualTo(change.after());
        } else if (entry.shows().isPresent()) {
            assertThat(String.join("\n", direct.told())).contains(entry.shows().get());
        } else {
            assertThat(trial.leaks.find(direct)).as(told(direct)).isPresent();
        }
        return direct;
    }

    private static void refusedWith(Entry entry, String told, Answers answers) {
        assertThat(entry.expected()).hasSize(1);
        assertThat(answers.error()).as(told(answers)).isPresent();
        String[] expected = told.split(" ", 2);
        Diagnostic error = answers.error().orElseThrow();
        assertThat(error.sqlState()).as(told(answers)).isEqualTo(expected[0]);
        assertThat(error.message()).contains(expected.length > 1 ? expected[1] : "");
    }

    private static void safe(Answers answers) {
        assertThat(trial.leaks.find(answers)).as(told(answers)).isEmpty();
    }

    /** Whether the entry names a gap that is indeed still there; one that is closed has to be unmarked. */
    private static boolean open(Entry entry, Runnable check) {
        if (entry.gap().isEmpty()) {
            return false;
        }
        try {
            check.run();
        } catch (AssertionError stillThere) {
            return true;
        }
        throw new AssertionError(
                "the gap is closed, take the mark away: " + entry.gap().get());
    }

    private static String told(Answers answers) {
        return String.join("\n", answers.told());
    }
}
