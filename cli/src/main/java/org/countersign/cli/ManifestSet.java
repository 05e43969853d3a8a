package org.countersign.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Manifest files joined to one YAML text that remembers where each line came from. */
final class ManifestSet {
    /** The limit of the REST interface. */
    static final int MAX_BYTES = 1024 * 1024;

    private final StringBuilder yaml = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private int lines;

    private ManifestSet() {}

    /** @param firstLine the line of the joined text where the file's first line is, from 1 */
    private record Part(Path file, int firstLine) {}

    /** A line of a file, both from 1. */
    record Place(Path file, int line) {}

    /** @param source a file, or a directory whose {@code .yaml} and {@code .yml} files are taken in order of name */
    static ManifestSet read(Path source) throws Failure {
        var set = new ManifestSet();
        for (Path file : files(source)) {
            set.add(file, content(file));
        }
        if (set.parts.isEmpty()) {
            throw Failure.usage("there is no manifest in " + source);
        }
        if (set.yaml.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Failure.usage("the manifests are larger than " + MAX_BYTES + " bytes together; apply them in parts");
        }
        return set;
    }

    String yaml() {
        return yaml.toString();
    }

    /** Returns where a line of the joined text is, or nothing when there is no such line. */
    Optional<Place> place(int line) {
        return parts.reversed().stream()
                .filter(part -> part.firstLine <= line)
                .findFirst()
                .map(part -> new Place(part.file, line - part.firstLine + 1));
    }

    private void add(Path file, String content) {
        Optional<String> first = content.lines()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .findFirst();
        if (first.isEmpty()) {
            return;
        }
        String start = first.orElseThrow();
        if (lines > 0 && start.startsWith("%")) {
            append("...");
        } else if (lines > 0 && !start.startsWith("---")) {
            append("---");
        }
        parts.add(new Part(file, lines + 1));
        content.lines().forEach(this::append);
    }

    private void append(String line) {
        yaml.append(line).append('\n');
        lines++;
    }

    private static List<Path> files(Path source) throws Failure {
        if (Files.isRegularFile(source)) {
            return List.of(source);
        }
        if (!Files.isDirectory(source)) {
            throw Failure.usage("there is no file or directory " + source);
        }
        try (Stream<Path> entries = Files.list(source)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.usage("cannot read " + source);
        }
    }

    private static String content(Path file) throws Failure {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw Failure.usage(file + " is larger than " + MAX_BYTES + " bytes");
            }
            String content = Files.readString(file);
            return content.startsWith("\uFEFF") ? content.substring(1) : content;
        } catch (CharacterCodingException e) {
            throw Failure.usage(file + " is not UTF-8");
        } catch (IOException e) {
            throw Failure.usage("cannot read " + file);
        }
    }
}
