package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.PasswordUse;
import org.countersign.model.port.SessionGrant.Upstream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's password towards targets that ask for it in an old way. */
class TargetSignInOverPostgresTest {
    @TempDir
    static Path directory;

    @Started(alone = true)
    private static DemoTarget target;

    @BeforeAll
    static void start() throws IOException, SQLException {
        target.run(
                "set password_encryption = 'md5'; create role weak_md5 login password 'right' in role shop_gateway",
                "create role weak_password login password 'right' in role shop_gateway");
        Path rules = Path.of(target.ask("show hba_file"));
        Files.writeString(
                rules,
                "host all weak_md5 127.0.0.1/32 md5\nhost all weak_password 127.0.0.1/32 password\n"
                        + Files.readString(rules));
        target.ask("select pg_reload_conf()");
        await().until(() -> !target.ask("select count(*) from pg_hba_file_rules where auth_method = 'password'")
                .equals("0"));
    }

    @ParameterizedTest
    @CsvSource({"weak_md5,MD5", "weak_password,PASSWORD"})
    void signsInInAnOldWayWhereTheManifestSaysSo(String user, PasswordUse weakest) throws Exception {
        try (var gateway = gateway(user, "right", weakest);
                var client = gateway.signIn("frank")) {
            assertThat(client.query("select current_user")).contains("[" + user + "]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "weak_md5,SCRAM_SHA_256,by md5",
        "weak_md5,PASSWORD,by md5",
        "weak_password,SCRAM_SHA_256,by password",
        "weak_password,MD5,by password"
    })
    void givesItsPasswordForNothingWeakerThanItMay(String user, PasswordUse weakest, String named) throws Exception {
        try (var gateway = gateway(user, "right", weakest)) {
            assertThatThrownBy(() -> gateway.signIn("frank"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("08006")
                    .hasMessageContaining(named)
                    .hasMessageContaining("its manifest does not allow");
        }
    }

    @Test
    void tellsNothingOfAWrongPasswordButThatTheTargetIsUnreachable() throws Exception {
        try (var gateway = gateway("weak_md5", "wrong", PasswordUse.MD5)) {
            assertThatThrownBy(() -> gateway.signIn("frank"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("08006 The target \"shop\" cannot be reached.");
        }
    }

    private static TestGateway gateway(String user, String password, PasswordUse weakest) throws IOException {
        Upstream to = target.upstream();
        var upstream = new Upstream(to.host(), to.port(), to.database(), to.tls(), user, new Secret(password), weakest);
        return new TestGateway(upstream, Files.createTempDirectory(directory, "journal"), 0, Optional.empty());
    }
}
