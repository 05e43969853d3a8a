package org.countersign.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashKeysTest {
    @TempDir
    private Path home;

    @Test
    void makesOneSecretThatOnlyItsOwnerReads() throws IOException {
        new HashKeys(home).of("shop");
        byte[] secret = Files.readAllBytes(home.resolve("secrets/hash.key"));
        new HashKeys(home).of("other");

        assertThat(secret).hasSize(32).isEqualTo(Files.readAllBytes(home.resolve("secrets/hash.key")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets/hash.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(home.resolve("secrets")).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void refusesADamagedSecret() throws IOException {
        Files.createDirectory(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/hash.key"), "short");

        assertThatThrownBy(() -> new HashKeys(home).of("shop")).isInstanceOf(UncheckedIOException.class);
    }
}
