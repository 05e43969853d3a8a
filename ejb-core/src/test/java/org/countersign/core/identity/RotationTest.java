package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.port.Secret;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.5Z");
    private static final Rotation ROTATION = new Rotation("orders-agent", "alice", AT);
    private static final Map<String, Rotation> LATEST = Map.of("orders-agent", ROTATION);

    @Test
    void outdatesWhatMayHaveBeenGotWithTheOldSecret() {
        Principal agent = TestPrincipals.agent("orders-agent", "alice");

        assertThat(Rotations.outdating(agent, issued("2026-11-22T10:15:30Z"), LATEST))
                .hasValue(ROTATION);
        assertThat(Rotations.outdating(agent, issued("2026-11-22T10:15:31Z"), LATEST))
                .isEmpty();
        assertThat(Rotations.outdating(TestPrincipals.agent("other", "alice"), issued("2026-11-22T10:00:00Z"), LATEST))
                .isEmpty();
    }

    @Test
    void outdatesWhatWentThroughTheAgentAndNoPersonOfItsName() {
        Principal sub = TestPrincipals.agent(
                "sub-agent", "subject", "alice", Optional.empty(), List.of(new Actor("s", "orders-agent")));
        AccessToken old = issued("2026-11-22T10:00:00Z");

        assertThat(Rotations.outdating(sub, old, LATEST)).hasValue(ROTATION);
        assertThat(Rotations.outdating(TestPrincipals.person("orders-agent"), old, LATEST))
                .isEmpty();
    }

    @Test
    void saysWhoseSecretAndWhen() {
        assertThat(ROTATION.refusal())
                .hasMessage("The access token was issued before the secret of the agent orders-agent was rotated at"
                        + " 2026-11-22T10:15:30Z.");
        assertThat(ROTATION.farewell())
                .isEqualTo("The session was ended: the secret of the agent orders-agent was rotated by alice.");
    }

    private static AccessToken issued(String at) {
        return new AccessToken(new Secret("x"), Instant.parse(at), AT.plusSeconds(600));
    }
}
