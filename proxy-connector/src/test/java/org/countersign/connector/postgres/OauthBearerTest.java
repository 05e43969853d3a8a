package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.countersign.model.port.Secret;
import org.countersign.wire.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OauthBearerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,,\1auth=Bearer a.b-c_d~e+f/g==\1\1",
                "y,,\1host=shop\1port=5432\1auth=bearer  a.b-c_d~e+f/g==\1\1",
            })
    void readsTheToken(String message) {
        assertThat(OauthBearer.token(bytes(message))).contains(new Secret("a.b-c_d~e+f/g=="));
    }

    @Test
    void knowsAClientThatAsksWhereTokensAre() {
        assertThat(OauthBearer.token(bytes("n,,\1auth=\1\1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,,",
                "n,,\1",
                "n,,\1\1",
                "n,,\1auth=Bearer a\1",
                "n,,\1auth=Bearer a\1\1\1",
                "n,,\1auth=Bearer a\1\1x",
                "n,,\1auth=Bearer a\1auth=Bearer b\1\1",
                "n,,\1auth=Bearer\1\1",
                "n,,\1auth=Bearer \1\1",
                "n,,\1auth=Bearer a b\1\1",
                "n,,\1auth=Basic YTpi\1\1",
                "n,,\1auth=Bearer =\1\1",
                "n,,\1=Bearer a\1\1",
                "n,,\1host=shop\1\1",
                "n,,\1auth=Bearer a\0\1\1",
                "n,,\1auth=Bearer a\u00e4\1\1",
                "n,a=alice,\1auth=Bearer a\1\1",
                "p=tls-server-end-point,,\1auth=Bearer a\1\1",
            })
    void refusesWhatIsMalformedWithoutQuotingIt(String message) {
        assertThatThrownBy(() -> OauthBearer.token(bytes(message)))
                .isInstanceOf(WireException.class)
                .hasMessageNotContaining("Basic");
    }

    @Test
    void takesOneSeparatorAsAnAcknowledgement() {
        assertThat(OauthBearer.acknowledges(new byte[] {1})).isTrue();
        assertThat(OauthBearer.acknowledges(new byte[0])).isFalse();
        assertThat(OauthBearer.acknowledges(new byte[] {1, 1})).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
