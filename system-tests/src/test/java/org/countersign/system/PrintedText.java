package org.countersign.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares what a page says with what was printed: ports, times, ids and counts of one run are not those of another. An
 * id of the page stands for the same id of this run wherever it appears.
 */
final class PrintedText {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PORT = Pattern.compile("(?<!\\d)(8080|8180|9990|1543[123])(?!\\d)");
    private static final String ANY = "…";

    private final Gateway gateway;
    private final Map<String, String> ids = new HashMap<>();

    PrintedText(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The command of the page with this run's ports and ids. */
    String command(String written) {
        String ported = PORT.matcher(written)
                .replaceAll(port -> Integer.toString(Integer.parseInt(port.group()) + gateway.offset()));
        return ID.matcher(ported).replaceAll(id -> ids.getOrDefault(id.group(), id.group()));
    }

    /** What differs, in words; empty when nothing does. */
    String difference(List<String> page, List<String> printed) {
        int at = 0;
        for (int i = 0; i < page.size(); i++) {
            String line = page.get(i);
            if (line.equals(ANY)) {
                if (i + 1 == page.size()) {
                    return "";
                }
                int found = at;
                while (found < printed.size() && !matches(page.get(i + 1), printed.get(found))) {
                    found++;
                }
                at = found;
            } else if (at >= printed.size() || !matches(line, printed.get(at))) {
                return "the page says\n  " + normal(line) + "\nbut printed was\n  "
                        + (at < printed.size() ? normal(printed.get(at)) : "nothing more");
            } else {
                String clash = remember(line, printed.get(at));
                if (!clash.isEmpty()) {
                    return clash;
                }
                at++;
            }
        }
        return at == printed.size() ? "" : "the page does not show\n  " + normal(printed.get(at));
    }

    private boolean matches(String line, String printed) {
        return line.endsWith(ANY)
                ? normal(printed).startsWith(normal(line.substring(0, line.length() - 1)))
                : normal(line).equals(normal(printed));
    }

    private String remember(String line, String printed) {
        List<String> ofPage = all(line);
        List<String> ofRun = all(printed);
        for (int i = 0; i < Math.min(ofPage.size(), ofRun.size()); i++) {
            String known = ids.putIfAbsent(ofPage.get(i), ofRun.get(i));
            if (known != null && !known.equals(ofRun.get(i))) {
                return "the page means the same thing by " + ofPage.get(i) + ", but it is another one: " + printed;
            }
        }
        return "";
    }

    private static List<String> all(String line) {
        var found = new ArrayList<String>();
        var ids = ID.matcher(line);
        while (ids.find()) {
            found.add(ids.group());
        }
        return found;
    }

    private String normal(String line) {
        String text = line;
        for (int port : new int[] {8080, 8180, 9990, 15431, 15432, 15433}) {
            text = text.replaceAll("(?<!\\d)" + (port + gateway.offset()) + "(?!\\d)", Integer.toString(port));
        }
        return text.replace(gateway.home().toString(), ".countersign")
                .replaceAll("(/[\\w.-]+)+/\\.countersign", ".countersign")
                .replaceAll(ID.pattern(), "ID")
                .replaceAll("[0-9a-f]{64}", "HASH")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "TIME")
                .replaceAll("\\[ *\\d+\\.\\d s]", "[SECONDS]")
                .replaceAll("127\\.0\\.0\\.1:\\d{5}", "127.0.0.1:PORT")
                .replaceAll("\"(durationMicros|policyVersion|version)\":\\d+", "\"$1\":N")
                .replaceAll("\\b\\d+ (segments?|sessions?|frames?|bytes)\\b", "N $1")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
