package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.Secret;
import org.junit.jupiter.api.Test;

class ScramPasswordTest {
    /** The exchange of RFC 7677, section 3. */
    @Test
    void provesTheServerAsTheStandardsExampleDoes() throws Exception {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        ScramVerifier verifier = ScramPassword.verifier(new Secret("pencil"), salt, 4096);
        String messages = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(verifier.serverKey(), "HmacSHA256"));

        byte[] signature = mac.doFinal(messages.getBytes(StandardCharsets.US_ASCII));

        assertThat(Base64.getEncoder().encodeToString(signature))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void isNewEveryTime() {
        SecureRandom random = new SecureRandom();
        ScramPassword one = ScramPassword.random(random);
        ScramPassword two = ScramPassword.random(random);

        assertThat(one.password().reveal())
                .matches("[a-z2-7]{32}")
                .isNotEqualTo(two.password().reveal());
        assertThat(HexFormat.of().formatHex(one.verifier().salt()))
                .isNotEqualTo(HexFormat.of().formatHex(two.verifier().salt()));
        assertThat(one).hasToString("ScramPassword[password=Secret[hidden], verifier=ScramVerifier[hidden]]");
    }
}
