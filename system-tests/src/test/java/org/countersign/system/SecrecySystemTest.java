package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the masks hide is nowhere in the gateway's own files, and neither is any secret in its logs. */
@ExtendWith(RunningGateway.class)
class SecrecySystemTest {
    private static final Pattern DEMO_CARD = Pattern.compile("(?<![0-9])(?:411111|555544)[0-9]{10}(?![0-9])");
    private static final String DEMO_TARGET = "demo-target-18";
    private final Gateway gateway;

    SecrecySystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void noCardNumberIsAnywhereButInTheTargetItself() throws IOException {
        gateway.psql("support-agent", "shop").run("select * from customers");
        gateway.psql("support-agent", "shop").run("select id from customers where card_number = 'x'");
        gateway.psql("frank", "shop").run("select * from payments", "select * from customer_cards");
        assertThat(filesWith(DEMO_CARD, gateway.home().resolve(DEMO_TARGET), List.of()))
                .as("they are where the search looks for them")
                .isNotEmpty();
        assertThat(filesWith(DEMO_CARD, gateway.home(), List.of(DEMO_TARGET))).isEmpty();
    }

    @Test
    void noTokenAndNoPasswordIsInALog() throws IOException {
        String token = gateway.token("support-agent");
        gateway.psqlWith("support-agent", token, "shop").run("select 1");
        gateway.psqlWith("orders-agent", token, "shop").run("select 1");
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(filesWith(Pattern.compile(Pattern.quote(signature)), gateway.home(), List.of()))
                .isEmpty();
        Path secrets = gateway.home().resolve("secrets");
        try (var files = Files.list(secrets)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String secret = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
                if (secret.length() >= 16 && secret.length() < 200) {
                    assertThat(filesWith(
                                    Pattern.compile(Pattern.quote(secret)),
                                    gateway.home().resolve("logs"),
                                    List.of()))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    private static List<Path> filesWith(Pattern pattern, Path tree, List<String> except) throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean excepted =
                        except.stream().anyMatch(name -> tree.relativize(file).startsWith(name));
                if (!excepted && contains(file, pattern)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean contains(Path file, Pattern pattern) throws IOException {
        try {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return pattern.matcher(bytes).find();
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        }
    }
}
