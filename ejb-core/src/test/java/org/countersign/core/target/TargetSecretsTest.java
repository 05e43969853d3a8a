package org.countersign.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetPolicy.Credential;
import org.countersign.model.port.SessionGrant.PasswordUse;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetSecretsTest {
    private final TargetSecrets secrets = new TargetSecrets(Map.of("READER", "r-pass", "WRITER", "w-pass"));

    @Test
    void firstCredentialThatServesARoleIsUsed() throws SecretUnavailableException {
        var target = target(
                new Credential("writer", "env:WRITER", Set.of("orders-writer")),
                new Credential("reader", "env:READER", Set.of()));

        assertThat(secrets.upstream(target, Set.of("orders-writer", "x"), Optional.empty()))
                .satisfies(upstream -> {
                    assertThat(upstream.user()).isEqualTo("writer");
                    assertThat(upstream.password().reveal()).isEqualTo("w-pass");
                    assertThat(upstream.database()).isEqualTo("shop");
                    assertThat(upstream.tls()).isEqualTo(TlsMode.REQUIRE);
                });
        assertThat(secrets.upstream(target, Set.of("support"), Optional.of("other")))
                .satisfies(upstream -> {
                    assertThat(upstream.user()).isEqualTo("reader");
                    assertThat(upstream.database()).isEqualTo("other");
                });
    }

    @Test
    void passwordIsOnlyForScramUnlessTheManifestSaysSo() throws SecretUnavailableException {
        var plain = target(new Credential("reader", "env:READER", Set.of()));
        var weak = target(new Credential("reader", "env:READER", "md5", Set.of()));

        assertThat(secrets.upstream(plain, Set.of(), Optional.empty()).weakest())
                .isEqualTo(PasswordUse.SCRAM_SHA_256);
        assertThat(secrets.upstream(weak, Set.of(), Optional.empty()).weakest()).isEqualTo(PasswordUse.MD5);
    }

    @Test
    void secretOfAFileIsItsFirstLine(@TempDir Path directory) throws IOException, SecretUnavailableException {
        Path file = Files.writeString(directory.resolve("secret"), "f-pass\n");
        var upstream = secrets.upstream(
                target(new Credential("reader", "file:" + file, Set.of())), Set.of(), Optional.empty());
        assertThat(upstream.password().reveal()).isEqualTo("f-pass");
        assertThat(upstream.toString()).doesNotContain("f-pass");
    }

    @Test
    void missingSecretAndMissingCredentialAreRefused() {
        assertThatThrownBy(() -> secrets.upstream(
                        target(new Credential("a", "env:NOWHERE", Set.of())), Set.of(), Optional.empty()))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageNotContaining("NOWHERE");
        assertThatThrownBy(() -> secrets.upstream(
                        target(new Credential("a", "env:READER", Set.of("dba"))), Set.of("x"), Optional.empty()))
                .isInstanceOf(SecretUnavailableException.class);
    }

    private static TargetPolicy target(Credential... credentials) {
        return new TargetPolicy(
                "shop",
                Map.of(),
                "postgresql",
                "localhost",
                5432,
                "shop",
                "require",
                List.of(credentials),
                Map.of(),
                Set.of(),
                Set.of());
    }
}
