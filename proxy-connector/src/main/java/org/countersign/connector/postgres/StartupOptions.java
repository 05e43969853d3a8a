package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.connector.postgres.analysis.HarmlessSetting;
import org.countersign.model.policy.Justification;
import org.countersign.wire.postgres.StartupPacket.Startup;

/**
 * What a client asked for when it connected, every part of it known and allowed.
 *
 * @param defers whether its commands do not wait for approvals
 * @param oauth whether it sends its token by SASL OAUTHBEARER and not as a password
 * @param task what it says it works on
 * @param reason why it sends what gives no reason itself
 * @param settings harmless settings for the target, by their lower-case names
 * @param cancelKeyBytes as long as its version of the protocol allows
 */
record StartupOptions(
        String user,
        String database,
        String applicationName,
        boolean defers,
        boolean oauth,
        Optional<String> task,
        Optional<String> reason,
        Map<String, String> settings,
        int cancelKeyBytes) {
    private static final int MAX_TASK_CHARACTERS = 200;
    private static final Set<String> UTF8 = Set.of("utf8", "unicode");
    private static final Set<String> SETTINGS = Stream.of(HarmlessSetting.values())
            .map(HarmlessSetting::setting)
            .filter(name -> !name.startsWith("transaction_"))
            .collect(Collectors.toUnmodifiableSet());

    /** The client asked for what it may not have; the text says what it may. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String sqlState;

        RefusedException(String sqlState, String message) {
            super(message, null, false, false);
            this.sqlState = sqlState;
        }

        String sqlState() {
            return sqlState;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** Of a session without a client: nothing is asked for. */
    static StartupOptions none(String user, String database) {
        return new StartupOptions(user, database, "", false, false, Optional.empty(), Optional.empty(), Map.of(), 0);
    }

    static StartupOptions of(Startup startup) throws RefusedException {
        String user = startup.parameters().getOrDefault("user", "");
        if (user.isEmpty()) {
            throw new RefusedException("28000", "no user name was given");
        }
        var reading = new Reading();
        for (var parameter : startup.parameters().entrySet()) {
            String name = parameter.getKey();
            if (name.equals("options")) {
                reading.options(parameter.getValue());
            } else if (!name.equals("user") && !name.equals("database") && !ProtocolVersion.isOption(name)) {
                reading.setting(name, parameter.getValue());
            }
        }
        String database = startup.parameters().getOrDefault("database", user);
        return new StartupOptions(
                user,
                database.isEmpty() ? user : database,
                reading.settings.getOrDefault("application_name", ""),
                reading.defers,
                reading.oauth,
                reading.task,
                reading.reason,
                Map.copyOf(reading.settings),
                ProtocolVersion.cancelKeyBytes(startup));
    }

    static boolean encodingAllowed(String value) {
        return isUtf8(value) || plain(value).equals("sqlascii");
    }

    static boolean isUtf8(String value) {
        return UTF8.contains(plain(value));
    }

    private static String plain(String encoding) {
        return encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The settings as they are collected. */
    private static final class Reading {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private boolean defers;
        private boolean oauth;
        private Optional<String> task = Optional.empty();
        private Optional<String> reason = Optional.empty();

        void setting(String given, String value) throws RefusedException {
            String name = given.toLowerCase(Locale.ROOT);
            switch (name) {
                case "replication" -> throw new RefusedException("0A000", "replication connections are not supported");
                case "countersign.approval" -> approval(value);
                case "countersign.auth" -> authentication(value);
                case "countersign.task" -> task(value);
                case Justification.SETTING -> reason(value);
                case "client_encoding" -> encoding(value);
                case "client_min_messages" -> {
                    // the gateway never shows what is below a notice
                }
                default -> {
                    if (!SETTINGS.contains(name)) {
                        throw new RefusedException(
                                "42704",
                                "the setting \"" + given
                                        + "\" cannot be given; allowed are countersign.approval, countersign.auth,"
                                        + " " + Justification.SETTING + ", countersign.task, "
                                        + String.join(", ", new TreeSet<>(SETTINGS)));
                    }
                    settings.put(name, value);
                }
            }
        }

        private void approval(String value) throws RefusedException {
            defers = switch (value) {
                case "defer" -> true;
                case "wait" -> false;
                default -> throw new RefusedException("22023", "countersign.approval is either wait or defer");
            };
        }

        private void authentication(String value) throws RefusedException {
            oauth = switch (value) {
                case "oauthbearer" -> true;
                case "password" -> false;
                default -> throw new RefusedException("22023", "countersign.auth is either password or oauthbearer");
            };
        }

        private void task(String value) throws RefusedException {
            if (value.isBlank()
                    || value.length() > MAX_TASK_CHARACTERS
                    || !value.chars().allMatch(c -> c > ' ')) {
                throw new RefusedException(
                        "22023",
                        "countersign.task is a name of at most " + MAX_TASK_CHARACTERS + " characters without spaces");
            }
            task = Optional.of(value);
        }

        private void reason(String value) throws RefusedException {
            reason = Justification.of(value);
            if (reason.isEmpty()) {
                throw new RefusedException(
                        "22023", Justification.SETTING + " is a text of 1 to 2,000 characters that says why");
            }
        }

        private static void encoding(String value) throws RefusedException {
            if (!encodingAllowed(value)) {
                throw new RefusedException("22023", "client_encoding is either UTF8 or SQL_ASCII");
            }
        }

        void options(String text) throws RefusedException {
            List<String> words = words(text);
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word.equals("-c") && i + 1 < words.size()) {
                    i++;
                    assignment(words.get(i));
                } else if (word.startsWith("-c") && word.length() > 2) {
                    assignment(word.substring(2));
                } else if (word.startsWith("--")) {
                    assignment(word.substring(2));
                } else {
                    throw new RefusedException("42601", "options only takes -c name=value");
                }
            }
        }

        private void assignment(String text) throws RefusedException {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new RefusedException("42601", "options only takes -c name=value");
            }
            setting(text.substring(0, equals).replace('-', '_'), text.substring(equals + 1));
        }

        /** Words end at white space; a backslash takes the next character as it is. */
        private static List<String> words(String text) {
            var words = new ArrayList<String>();
            var word = new StringBuilder();
            boolean inWord = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    i++;
                    word.append(text.charAt(i));
                    inWord = true;
                } else if (c != ' ' && (c < '\t' || c > '\r')) {
                    word.append(c);
                    inWord = true;
                } else if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            }
            if (inWord) {
                words.add(word.toString());
            }
            return words;
        }
    }
}
