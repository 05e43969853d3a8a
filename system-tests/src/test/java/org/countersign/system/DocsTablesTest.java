package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.countersign.model.CountersignError;
import org.countersign.model.audit.FrameType;
import org.junit.jupiter.api.Test;

/** Names, settings and links in the documentation are those of the code. */
class DocsTablesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VARIABLE = Pattern.compile("\\b(COUNTERSIGN_[A-Z_]*[A-Z]|SHOP_PASSWORD)\\b");
    private static final Pattern DEFAULT = Pattern.compile(
            "getOrDefault\\(\\s*\"(COUNTERSIGN_[A-Z_]+)\",\\s*\"([^\"]+)\"|\\$\\{env\\.(COUNTERSIGN_[A-Z_]+):([^}]+)}");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("!?\\[[^]]*]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
    /** Said by a test to the script; nobody else sets it. */
    private static final Set<String> FOR_TESTS = Set.of("COUNTERSIGN_IN_TESTS", "COUNTERSIGN_MAVEN");

    @Test
    void everyVariableThatIsReadIsExplained() throws IOException {
        var read = new TreeSet<String>();
        for (Path source : sources()) {
            addAll(read, VARIABLE.matcher(Files.readString(source)));
        }
        read.removeAll(FOR_TESTS);
        var explained = new TreeSet<String>();
        addAll(explained, VARIABLE.matcher(page("docs/guide/operations.md")));
        assertThat(explained).isEqualTo(read);
    }

    @Test
    void defaultsOfVariablesAreThoseOfTheCode() throws IOException {
        String page = page("docs/guide/operations.md");
        var wrong = new ArrayList<String>();
        for (Path source : sources()) {
            Matcher found = DEFAULT.matcher(Files.readString(source));
            while (found.find()) {
                String name = found.group(1) != null ? found.group(1) : found.group(3);
                String value = found.group(1) != null ? found.group(2) : found.group(4);
                // the issuer's default is that of the embedded Keycloak, which has a row of its own
                if (!name.equals("COUNTERSIGN_OIDC_ISSUER") && !page.contains("| `" + name + "` | `" + value + "` |")) {
                    wrong.add(name + " is " + value + " in " + ROOT.relativize(source));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everySqlStateIsExplained() throws IOException {
        String page = page("docs/protocols/postgresql.md");
        assertThat(CountersignError.values())
                .allSatisfy(error -> assertThat(page).containsPattern("(?m)^\\|.*`" + error.sqlState() + "`.*\\|"));
    }

    @Test
    void everyFrameTypeIsExplained() throws IOException {
        assertThat(documentedFrames().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FrameType.values()).map(FrameType::label).toList());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> tests = testSources();
        var missing = new ArrayList<String>();
        for (Path page : pages()) {
            Matcher name = TEST_NAME.matcher(Files.readString(page));
            while (name.find()) {
                String source = tests.get(name.group(1));
                if (source == null || name.group(2) != null && !source.contains(" " + name.group(2) + "(")) {
                    missing.add(ROOT.relativize(page) + ": " + name.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyAttackIsShownToFail() throws IOException {
        List<String> rows = page("docs/threat-model.md")
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| attack"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(row).containsPattern(TEST_NAME));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(withoutCode(Files.readString(page)));
            while (link.find()) {
                if (!link.group(1).contains("://") && !leads(page, link.group(1), link.group(2))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** The members of each frame as the guide lists them; those it marks with a star end with one here too. */
    static Map<String, Set<String>> documentedFrames() throws IOException {
        var frames = new HashMap<String, Set<String>>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ((?:`\\w+`[*ⁿ]? ?)+)\\|")
                .matcher(page("docs/guide/recordings.md"));
        while (row.find()) {
            var members = new HashSet<String>();
            Matcher member = Pattern.compile("`(\\w+)`([*]?)").matcher(row.group(2));
            while (member.find()) {
                members.add(member.group(1) + member.group(2));
            }
            frames.put(row.group(1), members);
        }
        return frames;
    }

    private static boolean leads(Path page, String file, String anchor) throws IOException {
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return anchor == null
                || withoutCode(Files.readString(target))
                        .lines()
                        .filter(line -> line.startsWith("#"))
                        .anyMatch(heading -> anchor.equals("#" + slug(heading)));
    }

    private static String slug(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
    }

    private static String withoutCode(String page) {
        return page.replaceAll("(?ms)^```.*?^```", "");
    }

    private static void addAll(Set<String> names, Matcher matcher) {
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }

    private static Map<String, String> testSources() throws IOException {
        var tests = new HashMap<String, String>();
        for (Path file : files("glob:**/src/test/java/**/*Test.java")) {
            tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
        return tests;
    }

    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<>(files("glob:**/src/main/**.{java,cli,json,xml,properties}"));
        sources.add(ROOT.resolve("countersign"));
        return sources;
    }

    private static List<Path> pages() throws IOException {
        return files("glob:**.md");
    }

    private static List<Path> files(String pattern) throws IOException {
        var matcher = ROOT.getFileSystem().getPathMatcher(pattern);
        var found = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new java.nio.file.SimpleFileVisitor<>() {
            @Override
            public java.nio.file.FileVisitResult preVisitDirectory(
                    Path directory, java.nio.file.attribute.BasicFileAttributes attributes) {
                String name = String.valueOf(directory.getFileName());
                return !directory.equals(ROOT)
                                && (name.startsWith(".") || name.equals("target") || name.equals("node_modules"))
                        ? java.nio.file.FileVisitResult.SKIP_SUBTREE
                        : java.nio.file.FileVisitResult.CONTINUE;
            }

            @Override
            public java.nio.file.FileVisitResult visitFile(
                    Path file, java.nio.file.attribute.BasicFileAttributes attributes) {
                if (matcher.matches(file)) {
                    found.add(file);
                }
                return java.nio.file.FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static String page(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }
}
