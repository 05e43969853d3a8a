package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import org.countersign.connector.postgres.StartupOptions.RefusedException;
import org.countersign.wire.postgres.StartupPacket.Startup;
import org.junit.jupiter.api.Test;

class StartupOptionsTest {
    @Test
    void takesWhatDriversSend() throws RefusedException {
        var options = of(
                "user", "frank", "database", "shop", "client_encoding", "UTF8", "DateStyle", "ISO", "TimeZone", "UTC");
        assertThat(options.user()).isEqualTo("frank");
        assertThat(options.database()).isEqualTo("shop");
        assertThat(options.settings()).containsEntry("datestyle", "ISO").containsEntry("timezone", "UTC");
        assertThat(options.settings()).doesNotContainKey("client_encoding");
        assertThat(options.defers()).isFalse();
    }

    @Test
    void readsOptionsAsTheServerDoes() throws RefusedException {
        var options = of("user", "a", "options", " -c countersign.approval=defer  --datestyle=ISO\\,\\ MDY -cjit=off");
        assertThat(options.defers()).isTrue();
        assertThat(options.settings()).containsEntry("datestyle", "ISO, MDY").containsEntry("jit", "off");
    }

    @Test
    void takesTheTaskThatIsNamed() throws RefusedException {
        assertThat(of("user", "a").task()).isEmpty();
        assertThat(of("user", "a", "options", "-c countersign.task=CHG-17").task())
                .contains("CHG-17");
        assertThatThrownBy(() -> of("user", "a", "options", "-c countersign.task="))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> of("user", "a", "countersign.task", "two words"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> of("user", "a", "countersign.task", "x".repeat(201)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("200");
    }

    @Test
    void endsOnAnOptionWithoutAName() {
        assertThatThrownBy(() -> of("user", "a", "options", "-c =")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> of("user", "a", "options", "-c")).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesSettingsThatAreNotHarmlessAndNamesThoseThatAre() {
        assertThatThrownBy(() -> of("user", "a", "options", "-c session_replication_role=replica"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("session_replication_role")
                .hasMessageContaining("timezone");
        assertThatThrownBy(() -> of("user", "a", "role", "postgres")).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesReplicationAndOtherEncodings() {
        assertThatThrownBy(() -> of("user", "a", "replication", "database")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> of("user", "a", "client_encoding", "SJIS")).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesAConnectionWithoutAUser() {
        assertThatThrownBy(() -> of("database", "shop")).isInstanceOf(RefusedException.class);
    }

    private static StartupOptions of(String... pairs) throws RefusedException {
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], pairs[i + 1]);
        }
        return StartupOptions.of(new Startup(3, 0, parameters));
    }
}
