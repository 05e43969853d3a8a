package org.countersign.core.grant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.policy.Actions;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;

/** Tests what somebody typed, and fills in what he left out. */
final class Wishes {
    private static final int MAX_REASON_CHARACTERS = 2_000;
    private static final int MAX_TICKET_CHARACTERS = 200;
    private static final int MAX_ENTRIES = 50;
    private static final int MAX_ENTRY_CHARACTERS = 512;

    private Wishes() {}

    /**
     * @param longest how long it may last
     * @return the wish with everything of the role on the target where nothing is said
     * @throws InvalidRequestException naming the first thing that is wrong
     */
    static Wish checked(Wish wish, RolePolicy role, Duration longest) {
        if (!wish.duration().isPositive() || wish.duration().compareTo(longest) > 0) {
            throw new InvalidRequestException("duration", "a duration here is at most " + longest);
        }
        String reason = text("reason", wish.reason(), MAX_REASON_CHARACTERS);
        if (reason.isEmpty()) {
            throw new InvalidRequestException("reason", "say why; others read it");
        }
        List<Permission> there = role.permissions().stream()
                .filter(permission -> permission.on(wish.target()))
                .toList();
        if (there.isEmpty()) {
            throw new InvalidRequestException(
                    "target", "the role " + role.name() + " permits nothing on " + wish.target());
        }
        boolean whole = wish.actions().isEmpty() && wish.resources().isEmpty();
        List<String> possible = Actions.meantBy(
                there.stream().flatMap(each -> each.actions().stream()).toList());
        List<String> actions = wish.actions().isEmpty() ? possible : actions(wish.actions(), possible, role);
        List<String> resources = wish.resources().isEmpty()
                ? all(there.stream().flatMap(each -> each.resources().stream().map(ResourcePattern::toString)))
                : entries("resources", wish.resources());
        patterns(resources);
        List<String> functions = whole && wish.functions().isEmpty()
                ? all(there.stream().flatMap(each -> each.functions().stream().map(Object::toString)))
                : entries("functions", wish.functions());
        return new Wish(
                role.name(),
                wish.target(),
                actions,
                resources,
                functions,
                wish.duration(),
                wish.single(),
                reason,
                text("ticket", wish.ticket(), MAX_TICKET_CHARACTERS));
    }

    private static List<String> actions(List<String> asked, List<String> possible, RolePolicy role) {
        for (String action : entries("actions", asked)) {
            if (!possible.contains(action)) {
                throw new InvalidRequestException(
                        "actions",
                        "the role " + role.name() + " does not permit " + action + " there; it permits "
                                + String.join(", ", possible));
            }
        }
        return all(asked.stream().map(String::strip));
    }

    private static void patterns(List<String> resources) {
        for (String resource : resources) {
            try {
                new ResourcePattern(resource);
            } catch (IllegalArgumentException e) {
                throw new InvalidRequestException("resources", String.valueOf(e.getMessage()));
            }
        }
    }

    private static List<String> entries(String field, List<String> typed) {
        var entries = new ArrayList<String>();
        for (String each : typed) {
            entries.add(text(field, each, MAX_ENTRY_CHARACTERS));
        }
        if (entries.size() > MAX_ENTRIES || entries.contains("")) {
            throw new InvalidRequestException(field, "at most " + MAX_ENTRIES + " entries, none of them empty");
        }
        return all(entries.stream());
    }

    private static String text(String field, String typed, int most) {
        if (typed.length() > most
                || typed.chars()
                        .anyMatch(character ->
                                character == 0 || !field.equals("reason") && Character.isISOControl(character))) {
            throw new InvalidRequestException(field, "at most " + most + " characters, and no control characters");
        }
        return typed.strip();
    }

    private static List<String> all(Stream<String> some) {
        return List.copyOf(new LinkedHashSet<>(some.toList()));
    }

    /** What is asked for, in the words that people decide about. */
    static String inWords(Wish wish, String principal) {
        return "role " + wish.role() + " on " + wish.target() + " for " + principal + ", "
                + (wish.single() ? "one command within " : "") + words(wish.duration())
                + "\n  actions: " + String.join(", ", wish.actions())
                + "\n  resources: " + String.join(", ", wish.resources())
                + (wish.functions().isEmpty() ? "" : "\n  functions: " + String.join(", ", wish.functions()))
                + (wish.ticket().isEmpty() ? "" : "\n  ticket: " + wish.ticket());
    }

    private static String words(Duration duration) {
        return duration.toString()
                .substring(1)
                .replace("T", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?<=[a-z])(?=\\d)", " ");
    }

    /** The resources as the histories compare them: what a pattern reaches cannot be told. */
    static List<String> compared(List<String> resources) {
        return all(resources.stream().map(resource -> resource.contains("*") ? "*" : resource));
    }
}
