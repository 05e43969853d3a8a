package org.countersign.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code console} blocks of a page: commands behind {@code $}, continued behind {@code >}, each with what it prints. In
 * what is printed, a line of {@code …} stands for any lines and {@code …} at the end of a line for the rest of it.
 */
record Transcript(List<Step> steps) {
    private static final String FENCE = "```";

    /** @param line where the command stands, from 1 */
    record Step(int line, String command, List<String> printed) {}

    /** A fenced block. */
    record Block(int line, String language, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    static Transcript of(Path page) throws IOException {
        var steps = new ArrayList<Step>();
        for (Block block : blocks(page)) {
            if (block.language().equals("console")) {
                steps.addAll(steps(block));
            }
        }
        return new Transcript(List.copyOf(steps));
    }

    static List<Block> blocks(Path page) throws IOException {
        var blocks = new ArrayList<Block>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int start = i + 1;
                String language = lines.get(i).substring(FENCE.length()).strip();
                i = start;
                while (i < lines.size() && !lines.get(i).startsWith(FENCE)) {
                    i++;
                }
                blocks.add(new Block(start + 1, language, lines.subList(start, i)));
            }
        }
        return blocks;
    }

    private static List<Step> steps(Block block) {
        var steps = new ArrayList<Step>();
        List<String> lines = block.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("$ ")) {
                throw new IllegalStateException("line " + (block.line() + i) + " is printed by no command");
            }
            int line = block.line() + i;
            var command = new StringBuilder(lines.get(i).substring(2));
            while (i + 1 < lines.size() && lines.get(i + 1).startsWith("> ")) {
                i++;
                command.append('\n').append(lines.get(i).substring(2));
            }
            var printed = new ArrayList<String>();
            while (i + 1 < lines.size() && !lines.get(i + 1).startsWith("$ ")) {
                i++;
                printed.add(lines.get(i));
            }
            steps.add(new Step(line, command.toString(), List.copyOf(printed)));
        }
        return steps;
    }
}
