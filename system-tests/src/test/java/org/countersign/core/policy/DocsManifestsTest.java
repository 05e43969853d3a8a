package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.countersign.model.masking.Detectors;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.Maskers;
import org.junit.jupiter.api.Test;

/** The manifest reference names what the code knows, and all of it. In this package to see what only it may see. */
class DocsManifestsTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "manifests.md");
    private static final Path READERS =
            Path.of("..", "ejb-core", "src", "main", "java", "org", "countersign", "core", "policy");
    private final String guide = read(GUIDE);

    @Test
    void listsEveryVariableWithItsType() {
        var documented = new TreeMap<String, String>();
        var row = Pattern.compile(
                        "(?m)^\\| `((?:principal|target|command|session|risk)\\.\\w+|now)` \\| ([a-z(), ]+) \\|")
                .matcher(guide);
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }
        var declared = new TreeMap<String, String>();
        ConditionVariables.ALL.forEach((name, variable) -> declared.put(name, typeName(variable.type())));
        assertThat(documented).isEqualTo(declared);
    }

    @Test
    void listsTheMasksInTheirOrderWithWhatTheyShow() {
        Map<String, List<String>> documented = new LinkedHashMap<>();
        var row = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| (`[^`]*`|) ?\\| (`[^`]*`|) ?\\|$")
                .matcher(guide);
        while (row.find()) {
            documented.put(row.group(1), List.of(unquoted(row.group(2)), unquoted(row.group(3))));
        }
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (MaskKind kind : MaskKind.values()) {
            shown.put(kind.label(), List.of(masked(kind, "4111111111111111"), masked(kind, "anna.abel1@mail.example")));
        }
        assertThat(List.copyOf(documented.entrySet())).isEqualTo(List.copyOf(shown.entrySet()));
    }

    @Test
    void listsEveryDetector() {
        assertThat(firstColumn(section("| detector | finds |")))
                .containsExactlyInAnyOrderElementsOf(Detectors.dataClasses());
    }

    @Test
    void listsEveryAction() {
        var documented = new ArrayList<String>();
        var action = Pattern.compile("`(sql:[a-z-]+)`").matcher(section("**Actions**"));
        while (action.find()) {
            documented.add(action.group(1));
        }
        assertThat(documented).containsExactlyElementsOf(RoleReader.ACTIONS);
    }

    @Test
    void explainsEveryKind() {
        assertThat(guide.lines().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)))
                .containsAll(ManifestKind.labels());
    }

    @Test
    void namesEveryKeyThatIsRead() throws IOException {
        var keys = new ArrayList<String>();
        try (var readers = Files.newDirectoryStream(READERS, "*Reader.java")) {
            for (Path reader : readers) {
                var fields = Pattern.compile("\\.fields\\(([^)]*)\\)").matcher(Files.readString(reader));
                while (fields.find()) {
                    for (String key : fields.group(1).split(",")) {
                        keys.add(key.strip().replace("\"", ""));
                    }
                }
            }
        }
        assertThat(keys).contains("approvers", "detectors", "rowsPerCommand");
        assertThat(keys).allSatisfy(key -> assertThat(guide).containsPattern("(`|\\.|\\b)" + key + "(`|:|\\b)"));
    }

    private static String masked(MaskKind kind, String value) {
        String shown = Maskers.of(kind, new HashKey(new byte[32])).mask(value).orElse("");
        return shown.startsWith("h:") && shown.length() == 18 ? "h:…" : shown;
    }

    private static String typeName(CelType type) {
        return CelTypes.format(type).replace("google.protobuf.Timestamp", "timestamp");
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }

    private static List<String> firstColumn(String table) {
        var names = new ArrayList<String>();
        var row = Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(table);
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    /** The text from here to the next empty line. */
    private String section(String start) {
        int from = guide.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        int end = guide.indexOf("\n\n", from);
        return guide.substring(from, end < 0 ? guide.length() : end);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(Optional.ofNullable(e.getMessage()).orElse(""), e);
        }
    }
}
