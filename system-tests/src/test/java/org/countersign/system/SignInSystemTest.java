package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everybody who is not who he says he is. */
@ExtendWith(RunningGateway.class)
class SignInSystemTest {
    private static final String QUERY = "select count(*) from orders";
    private final Gateway gateway;

    SignInSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aWordThatIsNoTokenIsRefused() {
        assertFatal(gateway.psqlWith("support-agent", "secret", "shop").run(QUERY));
        assertFatal(gateway.psqlWith("support-agent", "a.b.c", "shop").run(QUERY));
    }

    @Test
    void aTokenWhoseSignatureWasChangedIsRefused() {
        String token = gateway.token("support-agent");
        int last = token.lastIndexOf('.') + 1;
        String other = token.substring(0, last) + (token.charAt(last) == 'A' ? 'B' : 'A') + token.substring(last + 1);
        assertFatal(gateway.psqlWith("support-agent", other, "shop").run(QUERY));
    }

    @Test
    void anUnsignedTokenIsRefused() {
        String[] parts = gateway.token("support-agent").split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        assertFatal(gateway.psqlWith("support-agent", none + "." + parts[1] + ".", "shop")
                .run(QUERY));
        assertFatal(gateway.psqlWith("support-agent", parts[0] + "." + parts[1] + ".", "shop")
                .run(QUERY));
    }

    @Test
    void aTokenOfAnotherRealmIsRefused() {
        String foreign = new TestClients(gateway).administratorToken();
        assertFatal(gateway.psqlWith("support-agent", foreign, "shop").run(QUERY));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertFatal(
                gateway.psqlWith("elsewhere-agent", gateway.token("elsewhere-agent"), "shop")
                        .run(QUERY),
                "audience");
    }

    @Test
    void anAgentWithoutAnOwnerIsRefused() {
        assertFatal(
                gateway.psqlWith("ownerless-agent", gateway.token("ownerless-agent"), "shop")
                        .run(QUERY),
                "owner");
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        String token = gateway.token("brief-agent");
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        long expires = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(payload)
                .required("exp")
                .asLong();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(2))
                .until(() -> java.time.Instant.now().getEpochSecond() > expires + 31);
        assertFatal(gateway.psqlWith("brief-agent", token, "shop").run(QUERY), "expired");
    }

    @Test
    void aTokenIsGoodForItsOwnUserOnly() {
        assertFatal(gateway.psqlWith("orders-agent", gateway.token("support-agent"), "shop")
                .run(QUERY));
    }

    @Test
    void anAgentThatPosesAsAPersonStaysAnAgent() {
        String exchanged = gateway.tokens().ofPersonThrough("exchange-agent", "bob");
        assertFatal(gateway.psqlWith("bob", exchanged, "shop").run(QUERY));
        Api.Answer who = gateway.apiWith(exchanged).read("whoami");
        assertThat(who.body()).contains("\"exchange-agent\"").contains("\"agent\"");
    }

    @Test
    void anUnknownTargetAndOneWithoutARoleLookAlike() {
        for (String target : new String[] {"nowhere", "lab18"}) {
            assertThatThrownBy(() -> gateway.connect("support-agent", target))
                    .hasMessageContaining("no target of this name")
                    .extracting(thrown -> ((java.sql.SQLException) thrown).getSQLState())
                    .isEqualTo("3D000");
        }
    }

    @Test
    void aConnectionCredentialOpensItsTargetOnly() {
        Api.Answer made = gateway.api("support-agent").post("credentials", "{\"target\":\"shop\"}");
        assertThat(made.status()).as(made.body()).isBetween(200, 201);
        String user = made.json().required("username").asText();
        String password = made.json().required("password").asText();
        assertThat(user).startsWith("support-agent#");
        assertThat(gateway.psqlWith(user, password, "shop").run(QUERY).rows()).containsExactly("3000");
        assertThat(gateway.psqlWith(user, password, "lab18").run(QUERY).exit()).isNotZero();
        assertFatal(gateway.psqlWith(user, password + "x", "shop").run(QUERY));
        assertFatal(gateway.psqlWith("support-agent#unknown", password, "shop").run(QUERY));
    }

    private static void assertFatal(Psql.Result result, String... says) {
        assertThat(result.exit()).as(result.out()).isNotZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("FATAL");
        for (String word : says) {
            assertThat(result.err()).contains(word);
        }
    }
}
