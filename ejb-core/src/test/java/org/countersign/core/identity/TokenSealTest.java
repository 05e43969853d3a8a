package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.countersign.model.port.Secret;
import org.junit.jupiter.api.Test;

class TokenSealTest {
    private static final Secret TOKEN = new Secret("header.claims.signature");
    private final TokenSeal seal = new TokenSeal(new Secret("client-secret"));

    @Test
    void opensOnlyForItsCredentialWithItsSecret() {
        byte[] sealed = seal.seal(TOKEN, "c1");

        assertThat(seal.open(sealed, "c1")).hasValue(TOKEN);
        assertThat(seal.open(sealed, "c2")).isEmpty();
        assertThat(new TokenSeal(new Secret("another")).open(sealed, "c1")).isEmpty();
        sealed[sealed.length - 1] ^= 1;
        assertThat(seal.open(sealed, "c1")).isEmpty();
        assertThat(seal.open(new byte[3], "c1")).isEmpty();
    }

    @Test
    void showsNothingOfTheToken() {
        byte[] sealed = seal.seal(TOKEN, "c1");

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("claims");
        assertThat(sealed).isNotEqualTo(seal.seal(TOKEN, "c1"));
    }
}
